import { expect, test } from 'vitest';
import { augmentationSize, drawAugmentations, sourcePixel } from './augmentation.ts';
import { openDataset } from './datasets.ts';
import { augmentedVersions, firstSamples } from './samples.ts';
import { parseAugmentation } from './transforms/parse.ts';

const dataset = await openDataset('digits', { trainSize: 25 });

test('samples are the first of each class in turn, as long as there are any', () => {
  const samples = firstSamples(dataset, 12);
  expect(samples.map(({ className }) => className)).toEqual([...'012345678901']);
  expect(samples.map(({ index }) => index)).toEqual([...Array(12).keys()]);
  expect(samples[11].image).toEqual(dataset.train.images.subarray(11 * 784, 12 * 784));
  expect(firstSamples(dataset, 40)).toHaveLength(25);
});

test('versions are what training draws, the padding as bright as the mean', () => {
  const sample = firstSamples(dataset, 8)[7];
  const versions = augmentedVersions(dataset, sample, {
    seed: 3,
    epochs: 6,
    chain: parseAugmentation('crop-flip'),
  });
  versions.forEach((version, epoch) => {
    const numbers = new Int32Array(augmentationSize);
    drawAugmentations({ seed: 3, epoch }, [7], numbers);
    for (const [y, x] of [
      [0, 0],
      [27, 27],
      [9, 20],
    ]) {
      const source = sourcePixel(dataset, numbers, y, x);
      expect(version[y * 28 + x]).toBe(source < 0 ? 31 : sample.image[source]);
    }
  });
});
