import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { soundFolder } from '../../testkit/ownData.ts';
import {
  evaluated,
  expectSame,
  imagesAsFiles,
  predictedFolder,
  trained,
} from '../../testkit/predicted.ts';
import { readRecord } from '../runs/folder.ts';
import { predict } from './predict.ts';

describe('a file of the training data has the logits of training, bit for bit:', () => {
  it('grey images of 16 bits whose black and white all of them tell', async () => {
    const data = await temporaryFolder();
    for (let i = 0; i < 24; i++) {
      const values = Uint16Array.from({ length: 64 }, (_, at) => 900 + 37 * i + ((at * 91) % 400));
      const raw = { width: 8, height: 8, channels: 1 } as const;
      const tiff = sharp(Buffer.from(values.buffer), { raw: { ...raw, depth: 'ushort' } } as never);
      const file = await tiff.toColourspace('grey16').tiff({ compression: 'none' }).toBuffer();
      await writeFiles(data, { [`${i % 2 ? 'odd' : 'even'}/${i}.tif`]: file });
    }
    const run = await trained({ dataset: data, imageRange: 'auto' });
    const { images } = await readRecord(run);
    expect(images!.extent!.high).toBeGreaterThan(1000);
    await expectSame(run, await predictedFolder(run, data, 'images'));
  });

  it('sound clips', async () => {
    const data = await soundFolder();
    const run = await trained({ dataset: data, spectrogram: 'rate=8000,mels=16,frames=12' });
    await expectSame(run, await predictedFolder(run, data, 'clips'));
  });

  it.each(['softmax', 'ccl', 'arcface', 'triplet'])(
    'drawn digits under the head %s',
    async (head) => {
      const run = await trained({ dataset: 'digits', trainSize: 96, head, averageDecay: 0.9 });
      const { samples, dataset } = await evaluated(run);
      const folder = await imagesAsFiles(dataset, 'train');
      const { predictions, problems } = await predict(run, [folder], { threads: 2 });
      expect(problems).toEqual([]);
      expect(predictions.map(({ logits }) => logits)).toEqual(samples);
    },
  );
});

describe('what is told', () => {
  it('is calibrated by the temperature of kept validation predictions', async () => {
    const config = { dataset: 'digits', trainSize: 320, validation: '0.2', learningRate: 0.2 };
    const run = await trained({ ...config, epochs: 2 });
    const { dataset } = await evaluated(run);
    const folder = await imagesAsFiles({ ...dataset }, 'validation');
    const { predictions, temperature, notes } = await predict(run, [folder], {
      top: 10,
      threads: 1,
    });
    expect(notes.join()).toContain(`temperature ${temperature!.toFixed(3)}`);
    for (const { top, logits, probability, class: name } of predictions) {
      const total = logits.reduce((sum, z) => sum + Math.exp(z / temperature!), 0);
      const largest = Math.max(...logits);
      expect(probability).toBeCloseTo(Math.exp(largest / temperature!) / total, 10);
      expect(name).toBe(dataset.classNames[logits.indexOf(largest)]);
      expect(top.reduce((sum, one) => sum + one.probability, 0)).toBeCloseTo(1, 10);
      expect(top[0]).toEqual({ class: name, probability });
    }
  });

  it('the last weights where they are asked for', async () => {
    const run = await trained({
      dataset: 'digits',
      trainSize: 160,
      validation: '0.2',
      epochs: 3,
      learningRate: 0.5,
    });
    const { samples, dataset } = await evaluated(run, 'validation', 'last');
    const folder = await imagesAsFiles(dataset, 'validation');
    const { predictions } = await predict(run, [folder], { checkpoint: 'last', threads: 1 });
    expect(predictions.map(({ logits }) => logits)).toEqual(samples);
  });
});
