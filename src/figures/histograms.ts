import { element, label, picture } from './svg.ts';
import { theme } from './theme.ts';

/** Counts of values in bins. */
export interface Counts {
  title: string;
  counts: readonly number[];
  colour: string;
}

const size = { width: 300, height: 130, left: 24, gap: 36, top: 74, below: 34 };

/**
 * Histograms side by side over the same bins, each as tall as its fullest bin.
 *
 * @param edges one more than there are counts, at equal distances
 * @returns an SVG document
 */
export function drawHistograms(
  title: string,
  edges: readonly number[],
  panels: readonly Counts[],
): string {
  const width = 2 * size.left + panels.length * (size.width + size.gap) - size.gap;
  const height = size.top + size.height + size.below;
  const drawn = panels.map((panel, index) => {
    const x = size.left + index * (size.width + size.gap);
    const place = { transform: `translate(${x} ${size.top})` };
    return element('g', place, drawPanel(panel, edges));
  });
  const heading = label(size.left, 28, title, { 'font-size': 15, 'font-weight': 600 });
  return picture({ width, height, title }, heading, ...drawn);
}

function drawPanel({ title, counts, colour }: Counts, edges: readonly number[]): string {
  const most = Math.max(1, ...counts);
  const step = size.width / counts.length;
  const bars = counts.map((count, bin) => {
    const height = (count / most) * size.height;
    const place = { x: bin * step, y: size.height - height, width: step - 1, height };
    return element('rect', { ...place, fill: colour });
  });
  const ends = [edges[0], (edges[0] + edges[edges.length - 1]) / 2, edges[edges.length - 1]];
  return [
    label(0, -10, title, { 'font-size': 13 }),
    ...bars,
    element('path', { d: `M0 ${size.height}H${size.width}`, stroke: theme.rule }),
    ...ends.map((value, i) => {
      const look = { 'font-size': 12, 'text-anchor': 'middle', fill: theme.faint };
      const text = String(Number(value.toPrecision(3))).replace('-', '−');
      return label((i / 2) * size.width, size.height + 18, text, look);
    }),
  ].join('');
}
