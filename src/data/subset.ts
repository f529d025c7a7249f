import { option, RequestError } from '../errors.ts';
import { permutation, randomStream } from '../random/index.ts';
import type { Dataset, Split } from './dataset.ts';

/** How many images of each split to keep; null or left out: all. */
export interface SubsetSizes {
  trainSize?: number | null;
  testSize?: number | null;
}

/**
 * Keeps `trainSize` and `testSize` images: the first of a permutation drawn from the seed, one for
 * each split, without regard to class. A larger subset of the same seed holds the smaller one.
 * @throws RequestError when a size is larger than the split
 */
export function subset(dataset: Dataset, sizes: SubsetSizes, seed: number): Dataset {
  const { trainSize, testSize } = sizes;
  return {
    ...dataset,
    train: take(dataset.train, trainSize ?? dataset.train.count, seed, 'train'),
    test: take(dataset.test, testSize ?? dataset.test.count, seed, 'test'),
  };
}

/** Throws a RequestError unless both sizes, where given, are whole numbers of 1 or more. */
export function checkSizes({ trainSize, testSize }: SubsetSizes): void {
  for (const [name, size] of Object.entries({ trainSize, testSize })) {
    if (size == null || (Number.isSafeInteger(size) && size >= 1)) continue;
    throw new RequestError(
      `${option(name)} ${size}: must be a whole number, 1 or more; leave it out for all`,
    );
  }
}

function take(split: Split, size: number, seed: number, name: 'train' | 'test'): Split {
  if (size === split.count) return split;
  if (size > split.count) {
    throw new RequestError(
      `${option(`${name}Size`)} ${size}: the ${name} split has ${split.count} images; ask for at most that many`,
    );
  }
  const chosen = permutation(randomStream(seed, `subset/${name}`), split.count).subarray(0, size);
  return gather(split, chosen);
}

/** The samples of a split at some places, in their order; they know where they stood. */
export function gather(split: Split, chosen: Uint32Array): Split {
  const pixels = split.images.length / split.count;
  const images = new Uint8Array(chosen.length * pixels);
  chosen.forEach((from, to) => {
    images.set(split.images.subarray(from * pixels, (from + 1) * pixels), to * pixels);
  });
  const labels = Uint16Array.from(chosen, (from) => split.labels[from]);
  const places = Uint32Array.from(chosen, (from) => split.places?.[from] ?? from);
  const groups = split.groups && Uint32Array.from(chosen, (from) => split.groups![from]);
  return { count: chosen.length, images, labels, places, ...(groups && { groups }) };
}
