import type { Statistic } from '../../studies/models.ts';

/** A number of a table: mean and deviation over the seeds, and whether it is known to be the best. */
export interface Cell {
  statistic: Statistic | null;
  best: boolean;
}

/** A column of numbers, with so many decimal digits. */
interface Column {
  heading: string;
  digits: number;
}

/** What was trained, a row each, and what came of it, as papers show it. */
export interface PaperTable {
  /** What the numbers are, and what is bold. */
  caption: string;
  /** What each row's count is of, such as `Seeds`. */
  counted: string;
  columns: Column[];
  rows: { name: string; count: number; cells: Cell[] }[];
  /** What stands where there is no number. */
  missing: string;
}
