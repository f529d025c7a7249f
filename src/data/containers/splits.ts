import { plainBytes, reorder } from '../bytes.ts';
import type { Label, PixelPart, SplitName } from './contents.ts';
import { refusal } from './refusal.ts';

/** Pictures [count][channels][height][width] of one split, and their labels. */
export interface LabelledStack {
  split: SplitName | null;
  images: Uint8Array;
  labels: Label[];
  /** what each belongs to; left out where nothing tells */
  groups?: string[];
}

/** Which stack is for what; without one to test on, some of `train` has to be held out. */
export interface NamedSplits {
  train: LabelledStack;
  validation: LabelledStack | null;
  test: LabelledStack | null;
  notes: string[];
}

/**
 * Sorts stacks by what their splits are called. With training and one other, the other is the test
 * set, whatever it is called. A stack of no split is the training set where there is none, and is
 * passed over where there is.
 *
 * @throws RequestError for two stacks of one split, and where there is nothing to train on
 */
export function namedSplits(stacks: readonly LabelledStack[], path: string): NamedSplits {
  const of = (split: SplitName | null) => {
    const own = stacks.filter((stack) => stack.split === split);
    if (own.length <= 1) return own[0] ?? null;
    const what = `holds ${split ?? 'unnamed'} data twice`;
    throw refusal(path, what, 'name one file of them, or call the files by their splits');
  };
  const [train, validation, test, unnamed] = [of('train'), of('validation'), of('test'), of(null)];
  const first = train ?? unnamed;
  if (!first) {
    throw refusal(
      path,
      'holds nothing to train on',
      'call one split train, or name the folder of all',
    );
  }
  const notes = train && unnamed ? ['data of no split beside training data are not read'] : [];
  if (test || !validation) return { train: first, validation, test, notes };
  return {
    ...{ train: first, validation: null, test: validation },
    notes: [...notes, 'the validation split is the test set, since there is no other'],
  };
}

/**
 * Parts pictures by their splits. They are brought together where they lie, so that none is held twice.
 *
 * @param splits [count], that of each picture
 */
export function bySplit(
  { pixels, labels, groups }: PixelPart,
  splits: readonly (SplitName | null)[],
): PixelPart[] {
  const size = pixels.images.length / pixels.count;
  const images = plainBytes(pixels.images);
  const names = [...new Set(splits)];
  const rows = names.map((name) => [...splits.keys()].filter((row) => splits[row] === name));
  reorder(images, size, Uint32Array.from(rows.flat()));
  let end = 0;
  return names.map((split, place) => {
    const own = rows[place];
    const start = end;
    end += own.length * size;
    return {
      kind: 'pixels',
      split,
      pixels: { ...pixels, count: own.length, images: images.subarray(start, end) },
      labels: own.map((row) => labels[row]),
      ...(groups && { groups: own.map((row) => groups[row]) }),
    };
  });
}
