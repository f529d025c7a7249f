import type { Dataset, ImageKind } from './dataset.ts';
import type { Digest } from './digest.ts';

/** One file of a stored data set. */
export interface DataFile {
  /** accepted names inside the data set's folder; the first is the one downloaded */
  names: [string, ...string[]];
  /** length in bytes of what the published digest is of */
  bytes: number;
  /** what the published file hashes to; null where nobody published that */
  digest: Digest | null;
  /** reads it all and throws a RequestError when it is not such a file */
  check(path: string): Promise<void>;
}

/** A file that is somewhere to download, and can be verified. */
export interface PublishedFile extends DataFile {
  digest: Digest;
}

/** A data set that lives in files: how to recognise, fetch and open it. */
export interface StoredDataset {
  kind: 'stored';
  title: string;
  /** its folder inside a data folder */
  folder: string;
  /** sets of files, each of which is the whole data set; the first is the one downloaded */
  forms: [PublishedFile[], ...DataFile[][]];
  /** base addresses, each holding every file of the first form under its first name */
  mirrors: string[];
  /** images in the published files */
  images: { train: number; test: number };
  imageKind: ImageKind;
  /** opens the whole data set from a folder that holds all files of a form */
  open(folder: string): Promise<Dataset>;
}

/** A data set that code draws, as many images as asked for. */
export interface DrawnDataset {
  kind: 'drawn';
  title: string;
  /** images when no number is asked for */
  images: { train: number; test: number };
  imageKind: ImageKind;
  /** draws the first so many images of each split */
  draw(trainSize: number, testSize: number): Dataset;
}

/** The `source` of drawn data sets. */
export const drawnByCode = 'drawn by code';
