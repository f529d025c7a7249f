import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  allSamples,
  caseLabels,
  caseNames,
  casePixels,
  caseTexts,
  fileOf,
  fixtureBytes,
  pixelPart,
} from '../../../../testkit/containerCases.ts';
import { fuzzReader } from '../../../../testkit/fuzzAsync.ts';
import type { ContainerOptions } from '../contents.ts';
import { readManifest } from '../manifest.ts';
import { bytesReference } from '../source.ts';
import { readParquet } from './parquet.ts';

const read = (names: string[], options: ContainerOptions = {}) =>
  readParquet(
    names.map((name) => bytesReference(fixtureBytes(name), name)),
    options,
  );

describe('pictures as files', () => {
  const codecs = ['snappy', 'gzip', 'brotli', 'lz4', 'zstd', 'none'].map((c) => `struct-${c}`);
  test.each([...codecs, 'version2', 'pandas'])('%s.parquet', async (name) => {
    const samples = await allSamples(await read([`${name}.parquet`]));
    expect(samples.map(({ label }) => label)).toEqual(caseLabels);
    const decoded = samples.map((sample) =>
      sharp(fileOf(sample)).extractChannel(0).raw().toBuffer(),
    );
    expect([...Buffer.concat(await Promise.all(decoded))]).toEqual(casePixels(12));
  });

  test('shards follow each other, and the classes are named by the metadata', async () => {
    const shards = ['train-00001-of-00002.parquet', 'train-00000-of-00002.parquet'];
    const contents = await read(shards);
    expect(contents.classNames).toEqual(caseNames);
    expect(contents.parts).toMatchObject([{ split: 'train', kind: 'samples' }]);
    const samples = await allSamples(contents);
    expect(samples.map(({ label }) => label)).toEqual(caseLabels);
    expect(samples[7].name).toBe('train-00001-of-00002.parquet, row 0');
    await expect(read(shards.slice(0, 1))).rejects.toThrow('shard 0 of 2 is missing');
  });

  test("pandas' index is no feature", async () => {
    const { schema } = await read(['pandas.parquet']);
    expect(schema.notes).toEqual(['columns not read: __index_level_0__ (string)']);
  });

  test('rows without a label are named', async () => {
    const contents = await read(['nulls.parquet']);
    await expect(allSamples(contents)).rejects.toThrow('column label: rows 3, 7 are empty (null)');
  });
});

describe('a column of texts names the split of each row', () => {
  const words = ['train', 'test', 'train', 'validation'] as const;
  const rowsOf = (split: string) => [...caseLabels.keys()].filter((k) => words[k % 4] === split);

  test('of pictures as files', async () => {
    const contents = await read(['split-files.parquet']);
    expect(contents.schema).toMatchObject({ split: '1 file of all, column Split', notes: [] });
    const samples = await allSamples(contents);
    expect(samples.map(({ split }) => split)).toEqual(caseLabels.map((_, k) => words[k % 4]));
  });

  test.each(['train', 'test', 'validation'] as const)('of lists of pixels: %s', async (split) => {
    const size = { height: 5, width: 7 };
    const { pixels, labels } = pixelPart(await read(['split-lists.parquet'], { size }), split);
    const rows = rowsOf(split);
    expect(labels).toEqual(rows.map((row) => caseLabels[row]));
    expect([...pixels.images]).toEqual(rows.flatMap((first) => casePixels(1, { first })));
    expect(pixels.count).toBe(rows.length);
  });

  test('of another split than its file: refused', async () => {
    const files = [bytesReference(fixtureBytes('split-files.parquet'), 'test.parquet')];
    await expect(allSamples(await readParquet(files, {}))).rejects.toThrow(
      'test.parquet, row 0: split Training, but its file is of test; drop the column, or rename the file',
    );
  });
});

describe('a column that cannot be what it is called is named', () => {
  test.each<[string, ContainerOptions, string]>([
    ['lists', { label: 'pixels' }, 'column pixels: holds lists of uint8, which is no label; write'],
    ['lists', { picture: 'label' }, 'column label: holds string, which is no picture; write PNG'],
  ])('%s.parquet %j', async (name, options, message) => {
    await expect(read([`${name}.parquet`], options)).rejects.toThrow(message);
  });
});

describe('pictures as lists of lists', () => {
  test.each([
    ['nested-grey', { channels: 1, height: 2, width: 8 }],
    ['nested', { channels: 4, height: 6, width: 6 }],
  ])('%s.parquet: as the lists are long, not a square', async (name, form) => {
    const { pixels, labels } = pixelPart(await read([`${name}.parquet`]));
    expect(pixels).toMatchObject({ count: 4, ...form });
    expect([...pixels.images]).toEqual(casePixels(4, form));
    expect(labels).toEqual(caseLabels.slice(0, 4));
  });

  test('as many values, but divided otherwise, are refused', async () => {
    const message =
      'column pixels: row 1 holds other than 2 × 2 values; give every picture one size';
    await expect(read(['nested-ragged.parquet'])).rejects.toThrow(message);
  });
});

describe('pictures as pixels', () => {
  const size = { height: 5, width: 7 };
  test.each<[string, ContainerOptions, (number | string)[]]>([
    ['tensor', {}, caseLabels],
    ['permuted', {}, caseLabels],
    ['lists', { size }, caseTexts],
  ])('%s.parquet', async (name, options, labels) => {
    const part = pixelPart(await read([`${name}.parquet`], options));
    expect(part.pixels).toMatchObject({ count: 12, channels: 1, ...size });
    expect([...part.pixels.images]).toEqual(casePixels(12));
    expect(part.labels).toEqual(labels);
  });

  test('floats are 0 … 1, and a square needs no size', async () => {
    const { pixels } = pixelPart(await read(['floats.parquet']));
    expect([...pixels.images]).toEqual(casePixels(4, { height: 6, width: 6 }));
  });

  test('lists of no square need one', async () => {
    await expect(read(['lists.parquet'])).rejects.toThrow(
      /pixels: uint8 \[12, 35\] has 35 pixels a picture, which are no square; say the size/,
    );
  });
});

describe('a column a pixel', () => {
  const size = { height: 5, width: 7 };

  /** A table of pixels as text. */
  function asText(names: string[], pixels: number[]): string {
    const rows = caseLabels.slice(0, pixels.length / names.length).map((label, k) => {
      return [...pixels.slice(names.length * k, names.length * (k + 1)), label];
    });
    return [[...names, 'class'], ...rows].map((row) => row.join(',')).join('\n');
  }

  const names = Array.from({ length: 35 }, (_, k) => `pixel${k + 1}`);
  const text = asText(names, casePixels(12));
  const square = Array.from({ length: 36 }, (_, k) => `${Math.floor(k / 6)}x${k % 6}`);
  const squareText = asText(square, casePixels(4, { height: 6, width: 6 }));

  test.each([
    ['pixel-columns', { size }, text, 'fields pixel1 … pixel35 (5x7, grey)'],
    ['pixel-columns-mixed', {}, squareText, 'fields 0x0 … 5x5 (6x6, grey)'],
  ])('%s.parquet, as from CSV', async (name, options, csv, picture) => {
    const found = await read([`${name}.parquet`], options);
    const alike = await readManifest(csv, 'table.csv', options);
    expect(found.parts).toEqual(alike.parts);
    expect(found.schema).toMatchObject({ picture, label: 'field class (string)', notes: [] });
    expect(alike.schema.picture).toBe(picture);
    const { pixels, labels } = pixelPart(found);
    const { count, height, width } = pixels;
    expect([...pixels.images]).toEqual(casePixels(count, { height, width }));
    expect(labels).toEqual(caseLabels.slice(0, count));
  });

  test('of no square needs a size, as from CSV', async () => {
    const rule = 'has 35 pixels a picture, which are no square; say the size of the pictures';
    await expect(read(['pixel-columns.parquet'])).rejects.toThrow(
      `pixel1 … pixel35: uint8 [12, 35] ${rule}`,
    );
    await expect(readManifest(text, 'table.csv', {})).rejects.toThrow(
      `pixel1 … pixel35: decimal [12, 35] ${rule}`,
    );
  });

  test('a range says what is black and white', async () => {
    const range = { low: 0, high: 765 };
    const { pixels } = pixelPart(await read(['pixel-columns.parquet'], { size, range }));
    expect([...pixels.images]).toEqual(casePixels(12).map((value) => Math.round(value / 3)));
  });

  test('groups, and labels that are not wanted', async () => {
    const grouped = await read(['pixel-columns.parquet'], { size, group: 'class' });
    expect(pixelPart(grouped).groups).toEqual(caseLabels.map(String));
    const bare = await read(['pixel-columns.parquet'], { size, unlabelled: true });
    expect(pixelPart(bare).labels).toEqual(caseLabels.map(() => 0));
    expect(bare.schema).toMatchObject({
      label: 'none',
      notes: ['columns not read: class (string)'],
    });
  });

  test('with a gap is refused, naming column and row', async () => {
    await expect(read(['pixel-columns-gap.parquet'])).rejects.toThrow(
      'column px_2: row 1 is empty (null); drop such rows, or fill them',
    );
  });
});

test('pictures that are files need no labels where they are not wanted', async () => {
  const samples = await allSamples(await read(['pandas.parquet'], { unlabelled: true }));
  expect(samples.map(({ label }) => label)).toEqual(caseLabels.map(() => 0));
});

test('which column is the label must be told where no name tells', async () => {
  await expect(read(['tensor.parquet'], { label: 'class' })).rejects.toThrow(
    /tensor.parquet \(image: uint8, label: uint8\): labelField class: there is no such field for the label; choose from label/,
  );
});

fuzzReader('Parquet files', {
  valid: [
    ...['struct-none', 'struct-snappy', 'version2', 'tensor', 'floats', 'struct-zstd'],
    ...['pixel-columns-mixed', 'nested'],
  ].map((name) => fixtureBytes(`${name}.parquet`)),
  async read(bytes) {
    const contents = await readParquet([bytesReference(bytes, 'f.parquet')], {});
    return { contents, samples: await allSamples(contents) };
  },
  accepted({ contents, samples }) {
    for (const part of contents.parts) {
      if (part.kind === 'pixels') expect(part.labels).toHaveLength(part.pixels.count);
    }
    for (const { label } of samples) expect(['number', 'string']).toContain(typeof label);
  },
});
