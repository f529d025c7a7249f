import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idxFile, temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { npzOf } from '../../testkit/npzFile.ts';
import { colourFolder, plainPng } from '../../testkit/ownData.ts';
import {
  evaluated,
  expectSame,
  imagesAsFiles,
  predictedFolder,
  trained,
} from '../../testkit/predicted.ts';
import { readRecord, writeRecord } from '../runs/folder.ts';
import { predict } from './predict.ts';

describe('a file of the training data has the logits of training, bit for bit:', () => {
  it('images that are resized', async () => {
    const data = await colourFolder(12);
    const run = await trained({ dataset: data, imageSize: '8x6' });
    await expectSame(run, await predictedFolder(run, data, 'images'));
  });
});

it('of a run with averaged weights and mirrored images too', async () => {
  const data = await colourFolder(12);
  const chosen = {
    imageSize: '8x6',
    augment: 'flip',
    testMirror: 'horizontal' as const,
    swa: 'constant',
  };
  const run = await trained({ dataset: data, ...chosen });
  await expectSame(run, await predictedFolder(run, data, 'images'));
});

describe('other forms', () => {
  it('arrays and tables without labels, bytes and idx files give the same', async () => {
    const run = await trained({ dataset: 'digits', trainSize: 32 });
    const { samples, dataset } = await evaluated(run);
    const { images, count } = dataset.train;
    const data = await temporaryFolder();
    const files = await imagesAsFiles(dataset, 'train');
    const rows = Array.from(
      { length: count },
      (_, i) => `${join(files, String(i).padStart(4, '0'))}.png`,
    );
    const pixels = Array.from({ length: count }, (_, i) =>
      images.subarray(i * 784, (i + 1) * 784).join(),
    );
    const names = Array.from({ length: 784 }, (_, i) => `pixel${i}`).join();
    await writeFiles(data, {
      'new.npz': npzOf({ images: { shape: [count, 28, 28], values: images } }),
      'list.csv': `path\n${rows.join('\n')}\n`,
      'table.csv': `${names}\n${pixels.join('\n')}\n`,
      'train-images-idx3-ubyte': idxFile([count, 28, 28], images),
      'train-labels-idx1-ubyte': idxFile([count], dataset.train.labels),
    });
    for (const name of ['new.npz', 'list.csv', 'table.csv']) {
      const { predictions, problems } = await predict(run, [join(data, name)], { threads: 1 });
      expect(problems).toEqual([]);
      expect(predictions.map(({ logits }) => logits)).toEqual(samples);
    }
    const bytes = await readFile(rows[3]);
    const { predictions } = await predict(run, [{ name: 'sent', bytes }, data], { threads: 1 });
    expect(predictions[0]).toMatchObject({ file: 'sent', logits: samples[3] });
    expect(predictions).toHaveLength(1 + count);
  });

  it('the data are not needed, unless the record is of an older release', async () => {
    const data = await colourFolder(12);
    const run = await trained({ dataset: data });
    const file = join(data, 'red', '3.png');
    const first = await predict(run, [file], { threads: 1 });
    const moved = join(await temporaryFolder(), 'moved');
    await rename(data, moved);
    const again = join(moved, 'red', '3.png');
    expect((await predict(run, [again], { threads: 1 })).predictions[0].logits).toEqual(
      first.predictions[0].logits,
    );
    const { images, ...record } = await readRecord(run);
    const { mean, std, ...known } = images!;
    await writeRecord(run, { ...record, images: known });
    await expect(predict(run, [again], { threads: 1 })).rejects.toThrow('there is no such folder');
    await rename(moved, data);
    expect((await predict(run, [file], { threads: 1 })).predictions).toEqual(first.predictions);
  });

  it('a run whose files were read in another way is refused', async () => {
    const run = await trained({ dataset: await colourFolder(12), imageSize: '8' });
    const { data, ...record } = await readRecord(run);
    await writeRecord(run, { ...record, data: { ...data, reading: 1 } });
    await expect(predict(run, [], { threads: 1 })).rejects.toThrow(
      /was read by version 1 of the reader .* is by version 2 here.*or train a new one/,
    );
  });

  it('colours are made grey for a net that sees grey, grey colours for one that sees them', async () => {
    const grey = await trained({ dataset: 'digits', trainSize: 32 });
    const colour = await trained({ dataset: await colourFolder(12), imageSize: '8' });
    const red = { name: 'red', bytes: await plainPng([200, 10, 10], { height: 9, width: 9 }) };
    const alike = { name: 'alike', bytes: await plainPng([67], { height: 9, width: 9 }) };
    const greys = await predict(grey, [red, alike], { threads: 1 });
    expect(greys.predictions[0].logits).toEqual(greys.predictions[1].logits);
    const colours = await predict(colour, [red, alike], { threads: 1 });
    expect(colours.predictions[0].logits).not.toEqual(colours.predictions[1].logits);
  });
});

describe('what is told', () => {
  it('names every bad file, and predicts the others', async () => {
    const run = await trained({ dataset: await colourFolder(12), imageSize: '8' });
    const data = await temporaryFolder();
    const good = await plainPng([200, 10, 10], { height: 9, width: 9 });
    await writeFiles(data, {
      'a.png': good,
      'b.png': good.subarray(0, 60),
      'c.png': good,
      'd.txt': 'no',
    });
    const gone = join(data, 'gone.png');
    const { predictions, problems } = await predict(run, [data, gone, join(data, 'd.txt')], {
      threads: 1,
    });
    expect(predictions.map(({ file }) => file)).toEqual([join(data, 'a.png'), join(data, 'c.png')]);
    expect(problems.map(({ file }) => file)).toEqual(
      ['b.png', 'gone.png', 'd.txt'].map((name) => join(data, name)),
    );
    expect(problems[1].problem).toBe(`${gone}: cannot be read (ENOENT); mend the path`);
  });
});
