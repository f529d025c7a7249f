import { roundTicks } from './limits.ts';
import { modelStyle } from './palette.ts';
import { type Attributes, element, label, picture } from './svg.ts';
import { theme } from './theme.ts';

/** Draws of a mixing coefficient. */
export interface CoefficientDraws {
  /** What was drawn, such as `forward, block 1 of 9`. */
  title: string;
  draws: ArrayLike<number>;
  /** The coefficient at evaluation, in panels that show it. */
  evaluation?: number;
}

const size = { width: 320, height: 150, left: 20, gap: 40, top: 66, heading: 26, axis: 30 };
const binsPerUnit = 24;
/** A value that this share of the draws takes exactly is a stem, not a part of a bar. */
const leastAtom = 0.01;
/** Height of a density of 1, as a share of a panel's height. */
const unitDensity = 0.6;

/**
 * How a mixing law's coefficients are distributed, one panel each, in rows of `columns`. Bars show
 * the density of what is spread out; stems the share of draws of one exact value; a dashed line the
 * coefficient at evaluation.
 *
 * @returns an SVG document
 */
export function drawCoefficients(
  law: string,
  panels: readonly CoefficientDraws[],
  columns = 2,
): string {
  const domain = domainOf(panels);
  const rowHeight = size.heading + size.height + size.axis;
  const width = size.left * 2 + columns * size.width + (columns - 1) * size.gap;
  const height = size.top + Math.ceil(panels.length / columns) * rowHeight;
  const title = `Coefficients of ${law}`;
  const drawn = panels.map((panel, index) => {
    const x = size.left + (index % columns) * (size.width + size.gap);
    const y = size.top + Math.floor(index / columns) * rowHeight;
    return element('g', { transform: `translate(${x} ${y})` }, drawPanel(panel, domain));
  });
  const heading = label(size.left, 26, title, { 'font-size': 15, 'font-weight': 600 });
  return picture({ width, height, title }, heading, drawLegend(), ...drawn);
}

type Domain = [number, number];

function domainOf(panels: readonly CoefficientDraws[]): Domain {
  const ends = panels.flatMap(({ draws }) => {
    const list = Array.from(draws);
    return [list.reduce((a, b) => Math.min(a, b)), list.reduce((a, b) => Math.max(a, b))];
  });
  const step = 0.25;
  const low = Math.floor(Math.min(0, ...ends) / step + 1e-6) * step;
  return [low, Math.ceil(Math.max(1, ...ends) / step - 1e-6) * step];
}

function drawLegend(): string {
  const { colour } = modelStyle(0);
  const stem = modelStyle(1).colour;
  const text = { 'font-size': 12, fill: theme.faint };
  return [
    element('rect', { x: size.left, y: 38, width: 14, height: 10, fill: colour, opacity: 0.75 }),
    label(size.left + 20, 48, 'density', text),
    element('circle', { cx: size.left + 87, cy: 43, r: 4, fill: stem }),
    label(size.left + 97, 48, 'share of draws with this very value', text),
    element('path', { d: `M${size.left + 330} 43h20`, ...evaluationLine }),
    label(size.left + 357, 48, 'evaluation', text),
  ].join('');
}

const evaluationLine = { stroke: theme.ink, 'stroke-width': 1.5, 'stroke-dasharray': '4 3' };

function drawPanel({ title, draws, evaluation }: CoefficientDraws, domain: Domain): string {
  const bottom = size.heading + size.height;
  const x = (value: number) => ((value - domain[0]) / (domain[1] - domain[0])) * size.width;
  const { atoms, spread } = apart(Array.from(draws));
  return [
    label(0, 16, title, { 'font-size': 13 }),
    ...bars(spread, draws.length, domain, x, bottom),
    ...atoms.map(([value, share]) => drawStem(x(value), share, bottom)),
    evaluation === undefined
      ? ''
      : element('path', { d: `M${x(evaluation)} ${size.heading}V${bottom}`, ...evaluationLine }),
    element('path', { d: `M0 ${bottom}H${size.width}`, stroke: theme.rule }),
    ...roundTicks(domain[0], domain[1], 5).map((tick) =>
      label(x(tick), bottom + 17, String(tick), { 'font-size': 12, 'text-anchor': 'middle' }),
    ),
  ].join('');
}

/** Values that occur again and again, with their shares, and the values between. */
function apart(draws: number[]): { atoms: [number, number][]; spread: number[] } {
  const counts = new Map<number, number>();
  for (const value of draws) counts.set(value, (counts.get(value) ?? 0) + 1);
  const isAtom = (value: number) => counts.get(value)! >= leastAtom * draws.length;
  const atoms = [...counts.keys()].filter(isAtom).sort((a, b) => a - b);
  return {
    atoms: atoms.map((value) => [value, counts.get(value)! / draws.length]),
    spread: draws.filter((value) => !isAtom(value)),
  };
}

function bars(
  spread: number[],
  total: number,
  [low, high]: Domain,
  x: (value: number) => number,
  bottom: number,
): string[] {
  const count = Math.round((high - low) * binsPerUnit);
  const bins = new Float64Array(count);
  for (const value of spread) bins[Math.min(count - 1, Math.floor((value - low) * binsPerUnit))]++;
  return Array.from(bins, (found, bin) => {
    if (found === 0) return '';
    const density = (found / total) * binsPerUnit;
    const tall = Math.min(1, density * unitDensity) * size.height;
    const left = x(low + bin / binsPerUnit);
    const width = x(low + (bin + 1) / binsPerUnit) - left - 0.5;
    const place = { x: left, y: bottom - tall, width, height: tall };
    return element('rect', { ...place, fill: modelStyle(0).colour, opacity: 0.75 });
  });
}

/** Behind a text, keeps it legible on bars. */
const halo = { stroke: theme.background, 'stroke-width': 3 };

function drawStem(x: number, share: number, bottom: number): string {
  const { colour } = modelStyle(1);
  const top = bottom - share * (size.height - 22);
  const anchor = x > size.width - 40 ? 'end' : 'start';
  const aside = anchor === 'end' ? -8 : 8;
  const text = { 'font-size': 12, 'text-anchor': anchor };
  const percent = (look: Attributes) =>
    label(x + aside, top + 4, `${Math.round(share * 100)} %`, { ...text, ...look });
  return [
    element('path', { d: `M${x} ${bottom}V${top}`, stroke: colour, 'stroke-width': 2.5 }),
    element('circle', { cx: x, cy: top, r: 4, fill: colour }),
    percent(halo),
    percent({}),
  ].join('');
}
