import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tarFile } from '../../testkit/cifarFiles.ts';
import { casePixels, fixtureBytes } from '../../testkit/containerCases.ts';
import { temporaryFolder, tinyMnist, writeFiles } from '../../testkit/dataFiles.ts';
import { matOf } from '../../testkit/matFile.ts';
import { npzOf } from '../../testkit/npzFile.ts';
import { colourFolder, plainPng, soundFolder } from '../../testkit/ownData.ts';
import { shakelab } from '../../testkit/shakelab.ts';

/** So many samples of each of three classes. */
const each = 8;
const labels = Array.from({ length: 3 * each }, (_, i) => i % 3);

/** A picture's file, of a colour of its class. */
const picture = (i: number) => plainPng([0, 1, 2].map((c) => (c === i % 3 ? 200 + i : 20 + i)));

/** Files in a folder of their own; the path of one, or of the folder. */
async function written(files: Record<string, Uint8Array | string>, name = ''): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, files);
  return join(folder, name);
}

async function npz(): Promise<string> {
  const [height, width] = [8, 8];
  const values = Uint8Array.from(casePixels(labels.length, { height, width }));
  const scans = { shape: [labels.length, height, width], values };
  const kinds = { shape: [labels.length], values: Uint8Array.from(labels) };
  return written({ 'own.npz': npzOf({ scans, kinds, others: kinds }) }, 'own.npz');
}

async function tarOfSamples(): Promise<string> {
  const samples = labels.map(async (label, i) => [
    { name: `${i}.png`, bytes: await picture(i) },
    { name: `${i}.cls`, bytes: Buffer.from(`${label}`) },
  ]);
  const archive = tarFile((await Promise.all(samples)).flat());
  return written({ 'own.tar': archive }, 'own.tar');
}

async function manifest(): Promise<string> {
  const pictures = labels.map(async (_, i) => [`all/${i}.png`, await picture(i)] as const);
  const lines = labels.map((label, i) => `all/${i}.png,class ${label}`);
  const files = Object.fromEntries(await Promise.all(pictures));
  return written({ ...files, 'own.csv': ['path,label', ...lines].join('\n') }, 'own.csv');
}

/** Three shards of one table. */
const shards = () => {
  const name = (at: number) => `train-0000${at}-of-00003.parquet`;
  const table = fixtureBytes('struct-zstd.parquet');
  return written({ [name(0)]: table, [name(1)]: table, [name(2)]: table });
};

function mat(): Promise<string> {
  const values = Uint8Array.from(casePixels(labels.length, { height: 8, width: 8 }));
  const X = { shape: [8, 8, labels.length], values };
  const y = { shape: [labels.length, 1], values: Uint8Array.from(labels) };
  return written({ 'own.mat': matOf({ X, y }) }, 'own.mat');
}

/** Four batches of six pictures to train on, and one to test on. */
const pickles = () => {
  const batch = gunzipSync(fixtureBytes('data_batch_2.gz'));
  const batches = [1, 2, 3, 4].map((at) => [`data_batch_${at}`, batch]);
  return written({
    ...Object.fromEntries(batches),
    test_batch: gunzipSync(fixtureBytes('data_batch_4.gz')),
    'batches.meta': fixtureBytes('batches.meta'),
  });
};

const idx = async () => join(await tinyMnist(30, 10), 'mnist');

test.each<[string, () => Promise<string>, number, string[]]>([
  ['arrays of numpy', npz, 24, ['--picture-field', 'scans', '--label-field', 'kinds']],
  ['Parquet tables', shards, 36, ['--image-size', '8']],
  ['tars of samples', tarOfSamples, 24, ['--image-size', '8']],
  ["MATLAB's variables", mat, 24, []],
  ["CIFAR's batches as Python pickled them", pickles, 30, []],
  ['idx files', idx, 40, []],
  ['a manifest', manifest, 24, ['--image-size', '8']],
  ['images', () => colourFolder(each), 24, ['--image-size', '8']],
  ['sound clips', soundFolder, 30, ['--spectrogram', 'mels=16']],
])('an epoch on %s', async (holds, data, count, settings) => {
  const dataset = await data();
  const run = join(await temporaryFolder(), 'run');
  const checked = await shakelab('data', 'check', dataset, '--json', ...settings);
  expect(JSON.parse(checked.out)[0]).toMatchObject({ problem: null, reading: { holds } });
  const small = ['--net', 'resnext-8-2x2d', '--batch', '16', '--epochs', '1'];
  const trained = await shakelab(
    'train',
    '--dataset',
    dataset,
    '--out',
    run,
    ...small,
    ...settings,
  );
  expect([trained.code, trained.err]).toEqual([0, '']);
  const { config, data: kept } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
  expect(kept.train + kept.test).toBe(count);
  const [picture, label] = holds === 'arrays of numpy' ? ['scans', 'kinds'] : ['auto', 'auto'];
  expect(config).toMatchObject({ pictureField: picture, labelField: label });
  expect((await shakelab('evaluate', run, '--json')).code).toBe(0);
});
