import type { PixelOptions, Pixels } from './pixels.ts';

/** The three kinds of splits, whatever a file calls them. */
export type SplitName = 'train' | 'validation' | 'test';

/** A label as it stands in a file. */
export type Label = number | string;

/** What may be said about a container whose own words are not enough. */
export interface ContainerOptions extends PixelOptions {
  /** the field, key, column or ending that holds the pictures */
  picture?: string;
  /** the same of the labels */
  label?: string;
  /** the column that tells what belongs together */
  group?: string;
  /** pictures are to be predicted: they need no labels, and those that there are do not count */
  unlabelled?: boolean;
}

/** A picture that still has to be decoded: a PNG, JPEG or WebP file, or its path. */
export type EncodedPicture = { bytes: Uint8Array } | { path: string };

/** One labelled picture of a container of such. */
export interface Sample {
  /** what it is called in errors: `train.parquet, row 3` */
  name: string;
  picture: EncodedPicture | { pixels: Pixels };
  label: Label;
  /** what it belongs to, where that is asked for */
  group?: string;
  /** where samples of several splits lie in one file; else that of their part */
  split?: SplitName;
}

/** Pictures of one split that are numbers already, with their labels. */
export interface PixelPart {
  kind: 'pixels';
  /** null where the container names none */
  split: SplitName | null;
  pixels: Pixels;
  labels: Label[];
  /** what each belongs to, where that is asked for */
  groups?: string[];
}

/** Pictures of one split to be decoded one after the other; nothing is read before it is asked for. */
export interface SamplePart {
  kind: 'samples';
  split: SplitName | null;
  /** how many there are, where that is known before they are read */
  count?: number;
  samples(): AsyncIterable<Sample>;
}

/** Where a container has its pictures and their labels: what `data check` prints. */
export interface Schema {
  /** the format, such as `npz` */
  container: string;
  picture: string;
  label: string;
  split: string;
  classes: string;
  /** whatever else was decided or passed over */
  notes: string[];
}

/** What a container holds. */
export interface Contents {
  /** what the data set is called, where its files are known */
  title?: string;
  schema: Schema;
  /** names of the classes by their numbers, where the container states them */
  classNames: string[] | null;
  /** which number of the file is the first of them, where labels have been numbered anew */
  firstNumber?: number;
  parts: (PixelPart | SamplePart)[];
}

/** A schema as lines to print, of which one says where the picture and the label are. */
export const schemaLines = ({ container, picture, label, split, classes, notes }: Schema) => [
  `container: ${container}`,
  `pictures: ${picture}, labels: ${label} (${classes})`,
  `split: ${split}`,
  ...notes.map((note) => `note: ${note}`),
];
