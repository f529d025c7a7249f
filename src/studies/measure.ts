import type { RunSummary } from './summary.ts';

/** What measures are read from; nobody knows the training error of a run that is only looked at. */
export type MeasuredRun = Partial<Pick<RunSummary, 'trainError'>> &
  Pick<
    RunSummary,
    | ('testError' | 'compactness' | 'testCompactness' | 'coverage' | 'margin' | 'testMargin')
    | ('angleDeviation' | 'angleMinimum' | 'isotropy' | 'representation')
  >;

/** A number read from one run: how it is named and written, and which differences count. */
export interface MeasureDefinition {
  title: string;
  /** Column heading where there is little room. */
  short: string;
  /** For the report's readers, one or two sentences. */
  meaning: string;
  unit: string;
  digits: number;
  read(run: MeasuredRun): number | null;
  /** Differences up to this size count as none, in the measure's unit. */
  resolution: number;
  /** Standard deviation that the finite sample alone gives the measure. */
  samplingDeviation?(run: RunSummary): number;
}

/** The unit of percentages, behind a narrow space. */
export const percent = '\u202f%';

/** Standard deviation, in percent, of a share that `count` independent images give. */
export function shareDeviation(percentage: number, count: number): number {
  const share = Math.min(Math.max(percentage / 100, 1 / count), 1 - 1 / count);
  return 100 * Math.sqrt((share * (1 - share)) / count);
}
