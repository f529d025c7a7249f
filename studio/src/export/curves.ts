import type { CurveAxis } from '../charts/options.ts';
import { alignLines, type Line } from '../charts/table.ts';
import type { ExportItem } from '../components/ExportMenu.tsx';
import { csvText } from './csv.ts';
import { saveCsv, svgExports } from './save.ts';

/** A chart with the name its files get. */
export interface ExportedChart {
  name: string;
  /** Read out to those who cannot see the chart. */
  title: string;
  lines: readonly Line[];
  x: CurveAxis;
  y: CurveAxis;
}

/** The ways to save a chart: as src/figures draws it for print, and its numbers. */
export function chartExports(chart: ExportedChart): ExportItem[] {
  return [
    ...svgExports(chart.name, () => drawSvg(chart)),
    { format: 'CSV', run: () => saveCsv(chart.name, chartTable(chart)) },
  ];
}

/** A chart's numbers: its x, then a column a line. */
function chartTable({ lines, x }: ExportedChart): string {
  const [places, ...columns] = alignLines(lines);
  const heading = [x.label, ...lines.map(({ name }) => name)];
  const rows = places.map((place, row) => [place, ...columns.map((column) => column[row])]);
  return csvText(heading, rows);
}

/** Loaded when it is first asked for: Observable Plot is larger than the rest of the page. */
async function drawSvg({ title, lines, x, y }: ExportedChart): Promise<string> {
  const [{ drawChart }, { axisFor }] = await Promise.all([
    import('../../../src/figures/chart.ts'),
    import('./axis.ts'),
  ]);
  const series = lines.map(({ name, style, x: xs, y: ys }) => ({
    name,
    style,
    points: xs.map((place, i): [number, number] => [place, ys[i]]),
  }));
  return drawChart({
    title,
    series,
    x: axisFor(
      x,
      lines.flatMap((line) => line.x),
    ),
    y: axisFor(
      y,
      lines.flatMap((line) => line.y),
    ),
  });
}
