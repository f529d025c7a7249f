import { fittedNames } from '../text/fit.ts';
import { textWidth } from './textWidth.ts';

/** Above so many classes, cells hold no numbers; above the second, rows have no names. */
const mostNumbered = 20;
const mostNamed = 60;

/** Room around the names and the cells. */
export const margin = { edge: 16, axis: 24, bottom: 18 };
/** Names have more room where there are few. */
const longestName = (count: number): number => (count <= 10 ? 180 : 130);
const widthOf = textWidth(12);
/** `precision %` needs room beside the columns. */
const leastLeft = 76;
/** Room of the recall. */
const sharesWidth = 62;

/** Where the parts of a confusion matrix stand, in pixels. */
export interface Grid {
  /** Fitted to the room there is. */
  names: string[];
  /** Whether names above the columns are slanted, for want of room. */
  slanted: boolean;
  nameSize: number;
  cell: number;
  side: number;
  /** Where the first cell stands. */
  left: number;
  top: number;
  /** Whether there is room for the counts. */
  numbered: boolean;
}

/** How strongly a cell is coloured, from 0 to 1: few mistakes of a class are to be seen, too. */
export const strengthOf = (count: number, rowTotal: number): number =>
  rowTotal === 0 ? 0 : 0.06 + 0.94 * Math.sqrt(count / rowTotal);

/** Above this strength, a cell's number is written in white. */
export const strongCell = 0.6;

/** Lays out a confusion matrix. */
export function gridOf(classNames: readonly string[]): Grid {
  const count = classNames.length;
  const numbered = count <= mostNumbered;
  const cell = numbered ? (count <= 10 ? 44 : 32) : Math.max(3, Math.min(14, 700 / count));
  const named = count <= mostNamed;
  const names = named
    ? fittedNames(classNames, longestName(count), widthOf)
    : classNames.map((_, k) => tickName(k));
  const longest = Math.max(0, ...names.map(widthOf));
  const slanted = names.some((name) => name.length > 3);
  const above = !slanted ? 14 : longest * Math.SQRT1_2 + 8;
  const left = margin.edge + margin.axis + Math.max(longest + 8, numbered ? leastLeft : 0);
  const top = margin.edge + margin.axis + above;
  const nameSize = Math.max(9, Math.min(12, 0.72 * cell));
  return { names, slanted, nameSize, cell, side: count * cell, left, top, numbered };
}

/** The size of the whole: what stands beside the rows, below the columns and out at the top right. */
export function extentOf(grid: Grid): { width: number; height: number } {
  const { left, top, side, numbered } = grid;
  const width = left + side + (numbered ? sharesWidth : 0) + margin.edge + topReach(grid);
  return { width, height: top + side + (numbered ? 30 : 0) + margin.bottom };
}

/** Of very many classes every tenth is numbered. */
const tickName = (k: number): string => (k % 10 === 0 ? String(k) : '');

/** How far the last slanted name stands out to the right of the cells and their shares. */
function topReach({ names, slanted, cell, numbered }: Grid): number {
  if (!slanted) return 0;
  const reach = Math.max(
    ...names.map((name, k) => {
      const beyond = widthOf(name) * Math.SQRT1_2;
      return beyond - (names.length - k - 0.5) * cell;
    }),
  );
  return Math.max(0, reach - (numbered ? sharesWidth : 0));
}
