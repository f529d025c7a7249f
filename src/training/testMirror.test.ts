import { expect, test } from 'vitest';
import { digitsTrainer, trainOn } from '../../testkit/digitsTrainer.ts';
import { openDataset } from '../data/datasets.ts';

const sizes = { trainSize: 64, testSize: 40 };
const small = { epochs: 2, threads: 1, augment: 'crop-flip' };

/** Images with left and right changed, one pixel after the other. */
const mirrorOf = (images: Uint8Array, width: number): Uint8Array =>
  images.map((_, at) => images[at - (at % width) + width - 1 - (at % width)]);

test('logits are the mean of those of an image and its mirror image, and the loss of theirs', async () => {
  const dataset = await openDataset('digits', sizes);
  const trainer = await digitsTrainer({ ...small, dataset, testMirror: 'horizontal' });
  await trainOn(trainer, 2);
  const images = mirrorOf(dataset.test.images, dataset.width);
  const turned = { ...dataset, test: { ...dataset.test, images } };
  const [own, mirrored] = await Promise.all(
    [dataset, turned].map(async (data) => {
      const plain = await digitsTrainer({ ...small, dataset: data });
      plain.restore(await trainer.state());
      return plain.predict('test');
    }),
  );
  const seen = await trainer.predict('test');
  expect(own.logits).not.toEqual(mirrored.logits);
  expect(seen.logits).toEqual(own.logits.map((value, i) => (value + mirrored.logits[i]) / 2));
  expect(seen.loss).toBeCloseTo((own.loss + mirrored.loss) / 2, 12);
  const wrong = Array.from(seen.labels).filter((label, sample) => {
    const logits = seen.logits.subarray(10 * sample, 10 * sample + 10);
    return logits.indexOf(Math.max(...logits)) !== label;
  });
  expect(seen.error).toBe((100 * wrong.length) / 40);
  expect(seen.error).toBeGreaterThan(0);
});

test.each(['flip', 'flip:axis=both+shift', 'crop-flip'])(
  '%s shows mirror images',
  async (augment) => {
    const opened = digitsTrainer({ ...small, ...sizes, augment, testMirror: 'horizontal' });
    await expect(opened).resolves.toBeDefined();
  },
);

test.each(['none', 'shift', 'flip:axis=vertical', 'flip:chance=0'])(
  '%s shows none',
  async (augment) => {
    const opened = digitsTrainer({ ...small, ...sizes, augment, testMirror: 'horizontal' });
    await expect(opened).rejects.toThrow('training shows no image mirrored');
  },
);
