import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../errors.ts';
import type { Split } from './dataset.ts';
import { channelMoments } from './folder/moments.ts';
import type { Format, ReadData } from './format.ts';
import { type IdxSplit, readIdxSplit } from './idxSplit.ts';

/** Labels are bytes. */
const mostClasses = 256;

/** The names of a split's two files, as MNIST's are called: `train-images-idx3-ubyte.gz`. */
const pairs = {
  train: ['train-images', 'train-labels'],
  test: ['t10k-images', 't10k-labels'],
} as const;

/**
 * A folder of idx files under MNIST's names, plain or gzip: grey images of any one size, and as
 * many classes as the labels have, called by their numbers.
 */
export const idxFolder: Format = {
  holds: 'idx files',
  version: 1,
  settings: [],
  recognise: async (path) => ((await pairIn(path, 'train')) ? 0.9 : 0),
  open: openIdx,
};

async function openIdx(folder: string): Promise<ReadData> {
  const train = await openPair(folder, 'train');
  const test = await openPair(folder, 'test');
  const { height, width } = train;
  if (test.height !== height || test.width !== width) {
    throw new RequestError(
      `${folder}: training images of ${height}×${width}, test images of ${test.height}×${test.width}; ` +
        'put files of the same data set together',
    );
  }
  const classes = [train, test].reduce((most, { labels }) => Math.max(most, ...labels), 0) + 1;
  return {
    ...{ channels: 1, height, width },
    classNames: Array.from({ length: classes }, (_, label) => `${label}`),
    ...channelMoments(train.images, 1, height * width),
    augmentation: 'none',
    ...{ train: splitOf(train), test: splitOf(test) },
  };
}

const splitOf = ({ count, images, labels }: IdxSplit): Split => ({ count, images, labels });

async function openPair(folder: string, split: keyof typeof pairs): Promise<IdxSplit> {
  const pair = await pairIn(folder, split);
  if (pair) return readIdxSplit(pair[0], pair[1], mostClasses);
  const [images, labels] = pairs[split].map((name) => `${name}-idx*-ubyte`);
  throw new RequestError(`${folder}: lacks ${images} or ${labels}; put both there, plain or gzip`);
}

/** The paths of a split's images and labels, or null where not both are there. */
async function pairIn(folder: string, split: keyof typeof pairs): Promise<string[] | null> {
  const names = await readdir(folder).catch(() => []);
  const found = pairs[split].flatMap((start) => {
    const name = names.find(
      (own) => own.startsWith(`${start}-idx`) || own.startsWith(`${start}.idx`),
    );
    return name ? [join(folder, name)] : [];
  });
  return found.length === 2 ? found : null;
}
