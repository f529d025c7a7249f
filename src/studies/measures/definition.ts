import type { RunEmbeddings } from '../embeddings.ts';
import type { SharedFindings } from './shared.ts';

/** What a measure may be read from; nobody knows the training error of a run that is only looked at. */
export type ReadRun = { testError: number; trainError?: number } & Partial<SharedFindings>;

/** The same, with how many images the errors are shares of. */
export type CountedRun = ReadRun & { trainError: number; trainCount: number; testCount: number };

/** A number that one run has: how it is named and written, how it comes about, what counts. */
export interface MeasureDefinition {
  title: string;
  /** Column heading where there is little room. */
  short: string;
  /** For the report's readers, one or two sentences. */
  meaning: string;
  unit: string;
  digits: number;
  /** Differences up to this size count as none, in the measure's unit. */
  resolution: number;
  /** Which values are better, where there is no doubt. */
  better?: 'lower';
  /** Computes it of the embeddings; what it gives is kept in `summary.json` under its key. */
  compute?(embeddings: RunEmbeddings): number | null;
  /** Reads what is not computed by itself: an error, or a part of what several measures share. */
  read?(run: ReadRun): number | null;
  /** Standard deviation that the finite sample alone gives the measure. */
  samplingDeviation?(run: CountedRun): number;
}

/** The unit of percentages, behind a narrow space. */
export const percent = '\u202f%';
