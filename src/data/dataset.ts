import type { Augmentation } from './augmentation.ts';
import type { Reading } from './format.ts';
import type { FolderName } from './names.ts';
import type { DataSettings } from './settings.ts';

/** The data sets this program knows; `datasets.ts` has one row for each. */
export type DatasetName =
  | ('mnist' | 'digits' | 'cifar10' | 'cifar100')
  | ('fashion-mnist' | 'kmnist' | 'qmnist' | 'svhn' | 'stl10')
  | `emnist-${'byclass' | 'bymerge' | 'balanced' | 'letters' | 'digits' | 'mnist'}`;

/** What is known of a data set's images before any of them is read. */
export interface ImageKind {
  channels: number;
  height: number;
  width: number;
  classNames: string[];
  /** per channel, in units of 0…255 */
  mean: number[];
  std: number[];
  /** how training varies the images when nothing else is asked for */
  augmentation: Augmentation;
}

/** Labelled images, one byte a value. */
export interface Split {
  count: number;
  /** [count][channels][height][width], 0…255 */
  images: Uint8Array;
  /** [count], each an index into the data set's `classNames` */
  labels: Uint16Array;
  /** [count], where each stands in the part of the data set that it was taken from; left out: 0, 1, … */
  places?: Uint32Array;
  /** [count], numbers of what each sample belongs to, such as a patient, which no division splits; see `groupField` */
  groups?: Uint32Array;
}

/** The parts of a data set. */
export const splitNames = ['train', 'validation', 'test'] as const;

export type SplitName = (typeof splitNames)[number];

/** A data set in memory: images of one size, split into train and test, and perhaps validation. */
export interface Dataset extends ImageKind {
  name: DatasetName | FolderName;
  title: string;
  /** where it came from: a folder, or “drawn by code” */
  source: string;
  train: Split;
  test: Split;
  /** images to choose by, apart from those to test on, where the data set sets some apart */
  validation?: Split | null;
  /** the fold of the training images that stands in the test split's place, see `parseFold` */
  fold?: string;
  /** the share or count of the training images that these are, where they were held out */
  heldOut?: string;
  /** how files of one's own were read; published and drawn data are read as they always were */
  reading?: Reading;
  /** SHA-256 of the files, where what they decode to may differ a little between machines */
  digest?: string;
}

/** How far the download of a file, or the reading of a folder, has come, in bytes; `total` is null when the server won't say. */
export interface DownloadProgress {
  file: string;
  received: number;
  total: number | null;
}

/** Where to look for a data set's files, and whom to tell about a download. */
export interface SearchOptions {
  /** a folder holding `mnist/` and the like, looked into first */
  folder?: string | null;
  /** Told how far a download is. */
  onProgress?: (progress: DownloadProgress) => void;
}

/** What to open of a data set. */
export interface OpenOptions extends SearchOptions, Partial<DataSettings> {
  /**
   * images to train on and to test on: of stored data a seeded choice without regard to class, of
   * drawn data the first so many; null or left out: all there are, or the usual number
   */
  trainSize?: number | null;
  testSize?: number | null;
  /** picks which images a smaller split of stored data keeps, and a folder's test images; 1 when left out */
  seed?: number;
  /** read every file anew, whatever an earlier command kept of it */
  anew?: boolean;
}
