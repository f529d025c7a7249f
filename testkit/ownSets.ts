import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fixtureBytes } from './containerCases.ts';
import { temporaryFolder, tinyMnist, writeFiles } from './dataFiles.ts';
import { colourFolder, plainPng, soundFolder } from './ownData.ts';

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

/** One of the fixtures, in a folder of its own. */
const own = (name: string) => written({ [name]: fixtureBytes(name) }, name);

async function manifest(): Promise<string> {
  const pictures = labels.map(async (_, i) => [`all/${i}.png`, await picture(i)] as const);
  const lines = labels.map((label, i) => `all/${i}.png,class ${label}`);
  const files = Object.fromEntries(await Promise.all(pictures));
  return written({ ...files, 'own.csv': ['path,label', ...lines].join('\n') }, 'own.csv');
}

/** Three shards of one table. */
const shards = () => {
  const names = [0, 1, 2].map((at) => `own-0000${at}-of-00003.parquet`);
  return written(Object.fromEntries(names.map((name) => [name, fixtureBytes(name)])));
};

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

/** A small data set of one's own in one kind of files. */
export interface OwnSet {
  /** What `data check` says that it holds. */
  holds: string;
  /** Writes it, and gives its path. */
  write(): Promise<string>;
  /** Pictures to train and test on. */
  count: number;
  /** Settings that it is read by, as a run has them. */
  settings: Record<string, string>;
}

/**
 * One of every kind. Numpy, pyarrow, webdataset, scipy and Python's pickle wrote the containers
 * (`testkit/data/make_fixtures.py`), libvips the pictures; idx, WAV and the manifest are written here.
 */
export const ownSets: readonly OwnSet[] = [
  {
    ...{ holds: 'arrays of numpy', write: () => own('own.npz'), count: 24 },
    settings: { pictureField: 'scans', labelField: 'kinds' },
  },
  { holds: 'Parquet tables', write: shards, count: 24, settings: { imageSize: '8' } },
  {
    holds: 'tars of samples',
    write: () => own('own.tar.gz'),
    count: 24,
    settings: { imageSize: '8' },
  },
  { holds: "MATLAB's variables", write: () => own('own.mat'), count: 24, settings: {} },
  { holds: "CIFAR's batches as Python pickled them", write: pickles, count: 30, settings: {} },
  { holds: 'idx files', write: idx, count: 40, settings: {} },
  { holds: 'a manifest', write: manifest, count: 24, settings: { imageSize: '8' } },
  { holds: 'images', write: () => colourFolder(each), count: 24, settings: { imageSize: '8' } },
  { holds: 'sound clips', write: soundFolder, count: 30, settings: { spectrogram: 'mels=16' } },
];
