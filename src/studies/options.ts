import type { DownloadProgress } from '../data/dataset.ts';

/** What the studies and the search over layouts can be told alike. */
export interface CommonOptions {
  /** A data folder, looked into first. */
  dataFolder?: string;
  /** The folder to leave everything in. */
  out?: string;
  /** How many seeds each model is trained with: 1 … seeds. */
  seeds?: number;
  threads?: number;
  /** Aborting it saves the current run's checkpoint and ends the work. */
  signal?: AbortSignal;
  /** Told how far a download of data is. */
  onDownload?: (progress: DownloadProgress) => void;
}

/** What the studies of the paper can be told alike. */
export interface StudyOptions extends CommonOptions {
  /** A data set by name, or a folder of one's own; left out, the paper's. */
  dataset?: string;
  epochs?: number;
  /** Trains on so many images only; on all if left out or null. */
  trainSize?: number | null;
  /** Images a step, a multiple of 16. */
  batch?: number;
  /** First learning rate of the cosine. */
  learningRate?: number;
}
