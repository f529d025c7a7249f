import type { Dataset } from './dataset.ts';

/** One file of a stored data set. */
export interface DataFile {
  /** accepted names inside the data set's folder; the first is the one downloaded */
  names: [string, ...string[]];
  /** length of its contents in bytes, unpacked */
  bytes: number;
  /** SHA-256 of its contents, unpacked */
  sha256: string;
  /** throws a RequestError when the unpacked contents are not such a file */
  check(contents: Uint8Array, path: string): void;
}

/** A data set that lives in files: how to recognise, fetch and open it. */
export interface StoredDataset {
  kind: 'stored';
  title: string;
  /** its folder inside a data folder */
  folder: string;
  files: DataFile[];
  /** base addresses, each holding every file under its first name */
  mirrors: string[];
  /** images in the published files */
  images: { train: number; test: number };
  /** opens the whole data set from a folder that holds all its files */
  open(folder: string): Promise<Dataset>;
}

/** A data set that code draws, as many images as asked for. */
export interface DrawnDataset {
  kind: 'drawn';
  title: string;
  /** images when no number is asked for */
  images: { train: number; test: number };
  /** draws the first so many images of each split */
  draw(trainSize: number, testSize: number): Dataset;
}

/** The `source` of drawn data sets. */
export const drawnByCode = 'drawn by code';
