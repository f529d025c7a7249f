import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  allSamples,
  caseLabels,
  caseNames,
  casePixels,
  casesFolder,
  caseTexts,
  fileOf,
  pixelPart,
} from '../../../testkit/containerCases.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { readIdx } from './idx.ts';
import { readManifest } from './manifest.ts';
import { readMat } from './matlab/mat.ts';
import { readNpy, readNpz } from './npz.ts';
import { readParquet } from './parquet/parquet.ts';
import { fileReference, withFile } from './source.ts';
import { readWebDataset } from './webdataset/webdataset.ts';

const path = (name: string) => join(casesFolder!, name);
const bytes = (name: string) => {
  const read = readFileSync(path(name));
  return name.endsWith('.gz') ? gunzipSync(read) : read;
};
const size = { height: 5, width: 7 };

/** Reads files by the ending of the first. */
function read(names: string[], options: ContainerOptions = {}): Promise<Contents> {
  const [name] = names;
  if (/\.npz$/.test(name)) return withFile(fileReference(path(name)), (s) => readNpz(s, options));
  if (/\.npy$/.test(name)) return withFile(fileReference(path(name)), (s) => readNpy(s, options));
  if (/\.parquet$/.test(name))
    return readParquet(
      names.map((n) => fileReference(path(n))),
      options,
    );
  if (/\.mat$/.test(name)) return readMat(bytes(name), name, options);
  if (/\.csv$/.test(name)) return readManifest(bytes(name).toString(), name, options);
  if (/\.tar$/.test(name)) {
    return readWebDataset(
      [
        {
          path: name,
          pieces: async function* () {
            yield bytes(name);
          },
        },
      ],
      options,
    );
  }
  return readIdx(
    names.map((n) => ({ path: n, bytes: bytes(n) })),
    options,
  );
}

/** Pixels of files in their order, of the first so many channels. */
async function decoded(contents: Contents, channels: number): Promise<number[]> {
  const samples = await allSamples(contents);
  const planes = samples.flatMap((sample) =>
    Array.from({ length: channels }, (_, channel) =>
      sharp(fileOf(sample))
        .extractChannel(channel as 0 | 1 | 2)
        .raw()
        .toBuffer(),
    ),
  );
  return [...Buffer.concat(await Promise.all(planes))];
}

describe.skipIf(casesFolder === null)('files as other tools write them', () => {
  const idx = ['python-images-idx3-ubyte.gz', 'python-labels-idx1-ubyte.gz'];
  const qmnist = ['python-images-idx3-ubyte.gz', 'qmnist-like-labels-idx2-int'];
  const above = caseLabels.map((label) => (label > 1 ? 1 : 0));
  test.each<[string[], ContainerOptions, (number | string)[], number]>([
    [['np_fortran_and_bool.npz'], {}, above, 1],
    [['np_text_labels.npz'], {}, caseTexts, 1],
    [['np_channels_first_f16.npz'], {}, caseLabels, 3],
    [['np_structured.npy'], {}, caseLabels, 1],
    [['np_header_v3.npy'], {}, caseLabels, 1],
    [['pyarrow_tensor.parquet'], {}, caseLabels, 1],
    [['pyarrow_tensor_permuted.parquet'], {}, caseLabels, 1],
    [['pyarrow_pixel_list.parquet'], { size }, caseTexts, 1],
    [idx, {}, caseLabels, 1],
    [qmnist, {}, caseLabels, 1],
    [['pandas_pixels.csv'], { size }, caseLabels, 1],
  ])('%s: pixels', async (names, options, labels, channels) => {
    const part = pixelPart(await read(names, options));
    expect(part.pixels).toMatchObject({ count: 12, channels, ...size });
    expect([...part.pixels.images]).toEqual(casePixels(12, { channels }));
    expect(part.labels).toEqual(labels);
  });

  test('np_savez_keras_keys.npz and np_medmnist_rgb.npz: splits', async () => {
    const keras = await read(['np_savez_keras_keys.npz']);
    expect(pixelPart(keras, 'train').labels).toEqual(caseLabels.slice(0, 8));
    expect([...pixelPart(keras, 'test').pixels.images]).toEqual(casePixels(4, { first: 8 }));
    const med = await read(['np_medmnist_rgb.npz']);
    const form = { height: 28, width: 28, channels: 3 };
    for (const [split, count, first] of [
      ['train', 8, 0],
      ['validation', 2, 8],
      ['test', 2, 10],
    ] as const) {
      const part = pixelPart(med, split);
      expect([...part.pixels.images]).toEqual(casePixels(count, { ...form, first }));
      expect(part.labels).toEqual(caseLabels.slice(first, first + count));
    }
  });

  const structs = ['snappy', 'gzip', 'brotli', 'lz4', 'zstd'].map((c) => `pyarrow_struct_${c}`);
  const hf = ['hf_train-00000-of-00002.parquet', 'hf_train-00001-of-00002.parquet'];
  test.each<[string[], (number | string)[], number]>([
    ...[...structs, 'polars_struct_zstd', 'duckdb_struct'].map(
      (name): [string[], number[], number] => [[`${name}.parquet`], caseLabels, 1],
    ),
    [['duckdb_blob_enum_v2_zstd.parquet'], caseLabels, 1],
    [['fastparquet_bytes.parquet'], caseTexts, 1],
    [['fastparquet_bytes_lz4.parquet'], caseLabels, 1],
    [['pandas_with_index.parquet'], caseLabels, 1],
    [hf, caseLabels, 3],
    [['wds_plain.tar'], [3, 1, 2], 1],
    [['wds_fractional_mtime.tar'], [3, 1], 1],
    [['wds_dotted_keys.tar'], [3, 1, 2, 0], 1],
  ])('%s: picture files', async (names, labels, channels) => {
    const contents = await read(names);
    expect((await allSamples(contents)).map(({ label }) => label)).toEqual(labels);
    expect(await decoded(contents, channels)).toEqual(casePixels(labels.length, { channels }));
    expect(contents.classNames).toEqual(names === hf ? caseNames : null);
  });

  test('wds_npy_txt.tar: arrays', async () => {
    const samples = await allSamples(await read(['wds_npy_txt.tar']));
    expect(samples.map(({ label }) => label)).toEqual(['frog', 'cat', 'dog']);
    const pixels = samples.flatMap(({ picture }) =>
      'pixels' in picture ? [...picture.pixels.images] : [],
    );
    expect(pixels).toEqual(casePixels(3));
  });

  test.each(['scipy_svhn_like.mat', 'scipy_svhn_like_compressed.mat', 'octave_v7.mat'])(
    '%s',
    async (name) => {
      const { pixels, labels } = pixelPart(await read([name]));
      expect([...pixels.images]).toEqual(casePixels(6, { channels: 3, height: 8, width: 10 }));
      expect(labels).toEqual([0, 1, 9, 0, 2, 5]);
    },
  );

  test('pandas_index_column.csv and medmnist_save.csv: manifests', async () => {
    const indexed = await allSamples(await read(['pandas_index_column.csv']));
    expect(indexed.map(({ name, label }) => [name, label])).toEqual(
      caseTexts.map((text, k) => [`${k}.png`, text]),
    );
    const med = await read(['medmnist_save.csv']);
    expect(med.parts.map(({ split }) => split)).toEqual(['train', 'validation', 'test']);
    expect((await allSamples(med)).map(({ label }) => label)).toEqual([3, 1, 2, 0, 2, 1]);
  });

  test.each<[string, RegExp]>([
    ['np_medmnist_multilabel.npz', /train_labels: .* row 0 has 2 ones.*multi-label/],
    ['np_object_labels.npz', /labels\.npy: labels holds pickled Python objects/],
    ['np_stringdtype_labels.npz', /labels\.npy: labels holds pickled Python objects/],
    ['np_bfloat16.npy', /bytes without a meaning, as bfloat16 becomes when saved/],
    ['np_float8_e5m2.npy', /of a kind that is not read \(<f1\)/],
    ['pyarrow_nulls.parquet', /column label: row 3 is empty/],
    ['pyarrow_pixel_list.parquet', /say the size of the pictures/],
    ['pandas_pixels.csv', /say the size of the pictures/],
    ['polars_null.csv', /column path is empty in line 4/],
    ['scipy_v4.mat', /is version 4, which is not read; save it as version 5/],
    ['octave_default_is_text.mat', /is Octave’s own text, not a MATLAB file; .*save -v7/],
  ])('%s is refused', async (name, message) => {
    await expect(read([name]).then(allSamples)).rejects.toThrow(message);
  });
});
