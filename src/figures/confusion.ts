import { extentOf, type Grid, gridOf, margin, strengthOf, strongCell } from './confusionGrid.ts';
import { modelStyle } from './palette.ts';
import { element, label, picture } from './svg.ts';
import { theme } from './theme.ts';

/** A confusion matrix with what its rows and columns stand for. */
export interface ConfusionFigure {
  title: string;
  classNames: readonly string[];
  /** [true class][predicted class] */
  confusion: readonly (readonly number[])[];
}

const colours = { right: modelStyle(0).colour, wrong: modelStyle(1).colour };
/**
 * Draws a confusion matrix: a row a true class, a column a predicted one. Hits are blue, mistakes
 * vermilion, the stronger the larger their share of the row; beside the rows stands the recall, below the
 * columns the precision, in percent.
 *
 * @returns an SVG document
 */
export function drawConfusion({ title, classNames, confusion }: ConfusionFigure): string {
  const grid = gridOf(classNames);
  const { left, top, side, numbered } = grid;
  const { width, height } = extentOf(grid);
  return picture(
    { width, height, title },
    element('rect', { x: left, y: top, width: side, height: side, fill: '#f5f6f8' }),
    ...cellsOf(confusion, grid),
    ...namesOf(grid),
    ...(numbered ? sharesOf(confusion, grid) : []),
    ...axisNames(grid),
  );
}

function cellsOf(confusion: ConfusionFigure['confusion'], grid: Grid): string[] {
  const { cell, left, top, numbered } = grid;
  const gap = cell > 8 ? 1 : 0;
  return confusion.flatMap((row, k) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, predicted) => {
      if (count === 0) return [];
      const [x, y] = [left + predicted * cell, top + k * cell];
      const strength = strengthOf(count, total);
      const fill = predicted === k ? colours.right : colours.wrong;
      const look = { fill, 'fill-opacity': strength };
      const size = { width: cell - gap, height: cell - gap };
      const shade = element('rect', { x, y, ...size, ...look });
      return numbered
        ? [shade, numberIn(count, x + cell / 2, y + cell / 2, strength, cell)]
        : shade;
    });
  });
}

function numberIn(count: number, x: number, y: number, strength: number, cell: number): string {
  const text = count.toLocaleString('en');
  const size = Math.min(12.5, (1.65 * (cell - 4)) / text.length);
  const fill = strength > strongCell ? '#ffffff' : theme.ink;
  const look = { 'font-size': size, 'text-anchor': 'middle', fill };
  return label(x - 0.5, y + 0.36 * size, text, look);
}

function namesOf({ names, slanted, nameSize: size, cell, left, top }: Grid): string[] {
  const look = { 'font-size': size };
  return names.flatMap((name, k) => {
    if (name === '') return [];
    const middle = (k + 0.5) * cell;
    const [x, y] = [left + middle, top - 7];
    const turn = slanted ? { transform: `rotate(-45 ${x} ${y})` } : { 'text-anchor': 'middle' };
    return [
      label(left - 8, top + middle + 0.35 * size, name, { ...look, 'text-anchor': 'end' }),
      label(slanted ? x + 2 : x, y, name, { ...look, ...turn }),
    ];
  });
}

/** Recall of every row, precision of every column, in percent. */
function sharesOf(confusion: ConfusionFigure['confusion'], grid: Grid): string[] {
  const { cell, left, top, side } = grid;
  const look = { 'font-size': 11, fill: theme.faint };
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const small = { ...look, 'text-anchor': 'middle' };
  const shares = confusion.flatMap((row, k) => {
    const middle = (k + 0.5) * cell;
    const column = sum(confusion.map((other) => other[k]));
    const recall = shareText(row[k], sum(row), cell >= 40);
    const precision = shareText(row[k], column, cell >= 40);
    return [
      label(left + side + 10, top + middle + 4, recall, look),
      label(left + middle, top + side + 17, precision, small),
    ];
  });
  return [
    ...shares,
    label(left - 8, top + side + 17, 'precision %', { ...look, 'text-anchor': 'end' }),
    label(left + side + 10, top - 7, 'recall %', look),
  ];
}

const shareText = (hits: number, count: number, wide: boolean): string =>
  count === 0 ? '–' : ((100 * hits) / count).toFixed(wide ? 1 : 0);

function axisNames({ left, top, side }: Grid): string[] {
  const look = { 'font-size': 13, 'text-anchor': 'middle', fill: theme.faint };
  const [x, y] = [margin.edge + 10, top + side / 2];
  return [
    label(left + side / 2, margin.edge + 10, 'predicted class', look),
    label(x, y, 'true class', { ...look, transform: `rotate(-90 ${x} ${y})` }),
  ];
}
