import type { Dataset, OpenOptions } from './dataset.ts';
import type { Extent } from './image/range.ts';
import type { SettingName, SettingValues } from './settings.ts';

/** Files of one ending, or folders, that a reader passed over, and why. */
export interface PassedOver {
  reason: string;
  count: number;
  /** The first of them. */
  example: string;
}

/** How a data set was read. */
export interface Reading {
  /** What its files hold: `images`. */
  holds: string;
  /** Another number wherever the same files give other pixels or samples. */
  version: number;
  passedOver: PassedOver[];
  /** What a user should know of the reading, a sentence each. */
  notes: string[];
  /** What became black and white, where all files together told it. */
  extent?: Extent;
}

/** What a reader makes of the files in a place: a data set but for its name. */
export type ReadData = Omit<Dataset, 'name' | 'title' | 'source' | 'reading'> &
  Partial<Pick<Dataset, 'title'> & Pick<Reading, 'passedOver' | 'notes' | 'extent'>>;

/** A kind of files, or folders of them, that is read as a data set: a file of its own and a row in `formats.ts`. */
export interface Format {
  /** What the files hold, in the plural: `sound clips`. */
  holds: string;
  /** Counts up with every change of what the same files are read as; runs record it. */
  version: number;
  /** The settings that it reads; others are refused. */
  settings: readonly SettingName[];
  /** How sure it is, from 0 to 1, that a path holds such data; by names and first bytes alone. */
  recognise(path: string): Promise<number>;
  /**
   * Reads all of it.
   * @throws RequestError naming the file or folder that does not fit
   */
  open(path: string, settings: SettingValues, options: OpenOptions): Promise<ReadData>;
}

/** The version that a data set was read by; 1 of all that is as it was in the first release. */
export const readingVersionOf = ({ reading }: Pick<Dataset, 'reading'>): number =>
  reading?.version ?? 1;
