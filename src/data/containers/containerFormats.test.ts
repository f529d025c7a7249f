import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  caseLabels,
  caseNames,
  casePixels,
  caseTexts,
  fixtureBytes,
  fixturePath,
} from '../../../testkit/containerCases.ts';
import { idxFile, temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { npzOf } from '../../../testkit/npzFile.ts';
import { pngOf } from '../../../testkit/ownData.ts';
import { countClasses } from '../classCounts.ts';
import { checkDataset, openDataset } from '../datasets.ts';

/** A folder with copies of fixtures. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) await copyFile(fixturePath(name), join(folder, name));
  return folder;
}

describe('containers open as data sets', () => {
  test('an archive of numpy, with its splits', async () => {
    const dataset = await openDataset(fixturePath('medmnist.npz'));
    expect(dataset).toMatchObject({ channels: 3, height: 5, width: 7, title: 'medmnist.npz' });
    expect(dataset.classNames).toEqual(['0', '1', '2', '3']);
    expect(Array.from(dataset.train.labels)).toEqual(caseLabels.slice(0, 8));
    expect(Array.from(dataset.validation!.labels)).toEqual([0, 1]);
    expect(Array.from(dataset.test.images)).toEqual(casePixels(2, { channels: 3, first: 10 }));
    expect(dataset.reading?.notes).toContain('container: npz');
  });

  test('what is held out is what its labels say, and no picture is lost', async () => {
    const { train, test } = await openDataset(fixturePath('held.npz'));
    const firsts = [train, test].flatMap(({ images, count }) =>
      Array.from({ length: count }, (_, at) => images[(at * images.length) / count] / 17),
    );
    expect(firsts.toSorted((a, b) => a - b)).toEqual(Array.from(firsts, (_, k) => k));
    const labels = [...train.labels, ...test.labels];
    expect(labels).toEqual(firsts.map((k) => caseLabels[k]));
    expect(test.count).toBeGreaterThan(0);
  });

  test('shards of Parquet in a folder, a share of every class held out', async () => {
    const folder = await folderOf('train-00000-of-00002.parquet', 'train-00001-of-00002.parquet');
    const dataset = await openDataset(folder);
    expect(dataset).toMatchObject({ channels: 1, height: 5, width: 7, classNames: caseNames });
    expect(countClasses(dataset).map(({ train, test }) => [train, test])).toEqual(
      Array(4).fill([2, 1]),
    );
    expect(dataset.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(dataset.train.labels[0]).toBe(caseLabels[dataset.train.images[0] / 17]);
    const single = await openDataset(join(folder, 'train-00001-of-00002.parquet'));
    expect(single.train.count + single.test.count).toBe(dataset.train.count + dataset.test.count);
  });

  test('a tar that is numbered, of which nobody knows how many there are', async () => {
    const folder = await temporaryFolder();
    const tar = fixtureBytes('own.tar.gz');
    const names = ['set-000000.tar.gz', 'set-000001.tar.gz', 'own.tar.gz'];
    await writeFiles(folder, Object.fromEntries(names.map((name) => [name, tar])));
    const notesOf = async (name: string) => (await openDataset(join(folder, name))).reading?.notes;
    expect(await notesOf('set-000001.tar.gz')).toContain(
      'note: not read: 1 file beside it, such as set-000000.tar.gz; name the folder to read all as one data set',
    );
    expect(String(await notesOf('own.tar.gz'))).not.toContain('not read: 1 file');
  });

  test.each<[string, number, string[]]>([
    ['struct-snappy.parquet', 12, ['0', '1', '2', '3']],
    ['tensor.parquet', 12, ['0', '1', '2', '3']],
    ['records.npy', 12, ['0', '1', '2', '3']],
    ['uint16.npz', 12, caseNames],
  ])('%s', async (name, count, classes) => {
    const dataset = await openDataset(fixturePath(name));
    expect(dataset.train.count + dataset.test.count).toBe(count);
    expect(dataset.classNames).toEqual(classes);
    expect(dataset).toMatchObject({ channels: 1, height: 5, width: 7 });
    const first = dataset.train.images[0] / 17;
    expect(dataset.classNames[dataset.train.labels[0]]).toBe(
      classes.includes('frog') ? caseTexts[first] : `${caseLabels[first]}`,
    );
  });

  test.each([
    ['dotted.tar', '0'],
    ['arrays.tar', 'cat'],
    ['named.mat', 'bird'],
  ])(
    '%s, whose class %s has one sample to train on and none to test on, is refused',
    async (name, only) => {
      await expect(openDataset(fixturePath(name))).rejects.toThrow(
        `class ${only} has one sample, of which none can be held out to test on; add samples`,
      );
    },
  );

  test('CIFAR’s pickles by their names', async () => {
    const folder = await temporaryFolder();
    await writeFiles(folder, {
      data_batch_1: gunzipSync(fixtureBytes('data_batch_2.gz')),
      test_batch: gunzipSync(fixtureBytes('data_batch_4.gz')),
      'batches.meta': fixtureBytes('batches.meta'),
    });
    const dataset = await openDataset(folder);
    expect(dataset).toMatchObject({ channels: 3, height: 32, width: 32, classNames: caseNames });
    expect([dataset.train.count, dataset.test.count]).toEqual([6, 6]);
  });

  test('a manifest, its paths from its own folder', async () => {
    const folder = await temporaryFolder();
    const lines = ['path,label,split'];
    for (const [k, text] of caseTexts.entries()) {
      const png = await pngOf(casePixels(1, { first: k }), { height: 5, width: 7 });
      await writeFiles(folder, { [`all/${k}.png`]: png });
      lines.push(`all/${k}.png,${text},${k < 8 ? 'train' : 'val'}`);
    }
    await writeFiles(folder, { 'list.csv': lines.join('\n') });
    const dataset = await openDataset(join(folder, 'list.csv'));
    expect(dataset.classNames).toEqual(caseNames);
    expect(Array.from(dataset.test.images)).toEqual(casePixels(4, { first: 8 }));
    expect(dataset.reading?.notes).toContain(
      'the validation split is the test set, since there is no other',
    );
  });

  test('files of one split each, by their names', async () => {
    const folder = await temporaryFolder();
    const lines = caseLabels.map((label, k) => `${label},${[0, 1, 2, 3].map((p) => p + k).join()}`);
    const header = 'label,pixel0,pixel1,pixel2,pixel3';
    await mkdir(join(folder, 'data'));
    await writeFiles(join(folder, 'data'), {
      'mnist_train.csv': [header, ...lines].join('\n'),
      'mnist_test.csv': [header, ...lines.slice(0, 2)].join('\n'),
    });
    const dataset = await openDataset(folder);
    expect([dataset.train.count, dataset.test.count]).toEqual([12, 2]);
    expect(Array.from(dataset.test.images)).toEqual([0, 1, 2, 3, 1, 2, 3, 4]);
  });

  test('tables that are packed, as pandas writes them of a name ending in .gz', async () => {
    const folder = await temporaryFolder();
    const table = 'label,pixel0,pixel1,pixel2,pixel3\n0,9,8,7,6\n1,5,4,3,2\n';
    await writeFiles(folder, { 'train.csv.gz': gzipSync(table), 'test.csv.gz': gzipSync(table) });
    const dataset = await openDataset(folder);
    expect([dataset.train.count, dataset.test.count]).toEqual([2, 2]);
    expect(Array.from(dataset.test.images)).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  });

  test.each([
    ['data.arrow', 'write it as Parquet (datasets: load_from_disk, then Dataset.to_parquet; py'],
    ['digits.h5', 'write its arrays by numpy.savez'],
    ['train.tfrecord-00000-of-00002', 'write its samples as Parquet or as a tar'],
    ['list.jsonl', 'write it as CSV or Parquet'],
    ['images.tar.xz', 'unpack it and give what is in it'],
    ['cat.png', 'give a folder that holds train/<class>/ and test/<class>/, or one folder a class'],
  ])('a file of a kind that is not read, %s, is refused with what to do', async (name, remedy) => {
    const folder = await temporaryFolder();
    await writeFiles(folder, { [name]: 'abc' });
    await expect(openDataset(join(folder, name))).rejects.toThrow(
      `${name}: cannot be read as a folder, nor as a file of any kind in docs/data.md; ${remedy}`,
    );
  });
});

describe('folders of files that are not read are refused with what to do', () => {
  const arrow = 'data-00000-of-00001.arrow';
  const saved = [arrow, 'dataset_info.json', 'state.json'];
  const inside = (...folders: string[]) =>
    folders.flatMap((folder) => saved.map((name) => `${folder}/${name}`));

  test.each([
    [
      'a data set as `save_to_disk` leaves it',
      saved,
      `${arrow}, of a kind that is not read; write`,
    ],
    ['arrow files alone', [arrow], `${arrow}, of a kind that is not read; write it as Parquet`],
    [
      'its splits',
      inside('train', 'test'),
      `test/${arrow}, of a kind that is not read; write it as P`,
    ],
    [
      'its only split',
      inside('train'),
      `train/${arrow}, of a kind that is not read; write it as P`,
    ],
    [
      'an archive',
      ['archive.zip', 'README.txt'],
      'archive.zip, of a kind that is not read; unpack it',
    ],
  ])('%s', async (_, names, message) => {
    const folder = await temporaryFolder();
    await writeFiles(folder, Object.fromEntries(names.map((name) => [name, 'abc'])));
    await expect(openDataset(folder)).rejects.toThrow(`dataset ${folder}: holds ${message}`);
  });

  test('but not for a note beside images', async () => {
    const folder = await temporaryFolder();
    await writeFiles(folder, { 'cats/1.png': 'abc', 'cats/all.zip': 'abc' });
    await expect(openDataset(folder)).rejects.toThrow('holds one class (cats)');
    await writeFiles(folder, { 'README.txt': 'abc' });
    await expect(openDataset(folder)).rejects.toThrow('holds one class (cats)');
  });
});

test('`data check` prints where the picture and the label are', async () => {
  const { reading, classes, problem } = await checkDataset(fixturePath('pandas.parquet'));
  expect(problem).toBeNull();
  expect(reading?.notes).toEqual([
    'container: Parquet',
    'pictures: field image (bytes), labels: field label (int64) (classes are the different labels)',
    'split: 1 file of all',
    'note: columns not read: __index_level_0__ (string)',
  ]);
  expect(classes).toEqual(['0', '1', '2', '3'].map((name) => ({ name, train: 2, test: 1 })));
});

describe('fields that are asked for', () => {
  const names = ['one', 'two', 'left', 'right'];
  const [height, width] = [2, 3];
  const values = (first: number) => Uint8Array.from(casePixels(12, { height, width, first }));
  const classes = Uint8Array.from(caseLabels);
  const npz = npzOf({
    one: { shape: [12, height, width], values: values(0) },
    two: { shape: [12, height, width], values: values(1) },
    left: { shape: [12], values: classes },
    right: { shape: [12], values: classes.map((label) => 3 - label) },
  });

  test('arrays, by their keys', async () => {
    const folder = await temporaryFolder();
    await writeFiles(folder, { 'own.npz': npz });
    const path = join(folder, 'own.npz');
    await expect(openDataset(path)).rejects.toThrow(
      new RegExp(`it holds ${names.join('.*')}.*; .*or name one by pictureField`),
    );
    const { train, test, reading } = await openDataset(path, {
      ...{ pictureField: 'two', labelField: 'right' },
    });
    const of = Array.from(train.labels, (label, i) => [train.images[6 * i], label]);
    for (const [first, label] of of) expect(caseLabels[first / 17 - 1]).toBe(3 - label);
    expect(train.count + test.count).toBe(12);
    expect(reading?.notes[1]).toBe(
      'pictures: field two (uint8 [12, 2, 3]) of 2x3, grey, labels: field right (uint8 [12]) ' +
        '(classes are the different labels)',
    );
    await expect(openDataset(path, { pictureField: 'three', labelField: 'left' })).rejects.toThrow(
      `pictureField three: there is no such field for the picture; choose from ${names.join(', ')}`,
    );
  });

  test('columns of a manifest', async () => {
    const folder = await temporaryFolder();
    const lines = ['scan,photo,kind,sort'];
    for (const [k, text] of caseTexts.entries()) {
      const png = await pngOf(casePixels(1, { first: k }), { height: 5, width: 7 });
      await writeFiles(folder, { [`${k}.png`]: png });
      lines.push(`none.png,${k}.png,${text},x`);
    }
    await writeFiles(folder, { 'list.csv': lines.join('\n') });
    const path = join(folder, 'list.csv');
    await expect(openDataset(path, { pictureField: 'scan' })).rejects.toThrow(
      'no field is called a label; it holds scan, photo, kind, sort; name one by labelField',
    );
    const dataset = await openDataset(path, { pictureField: 'photo', labelField: 'kind' });
    expect(dataset.classNames).toEqual(caseNames);
  });

  test('columns of Parquet and endings of a tar', async () => {
    const parquet = await openDataset(fixturePath('pandas.parquet'), { labelField: 'label' });
    expect(parquet.train.count + parquet.test.count).toBe(12);
    await expect(
      openDataset(fixturePath('pandas.parquet'), { labelField: 'sort' }),
    ).rejects.toThrow('labelField sort: there is no such field for the label; choose from label');
    await expect(openDataset(fixturePath('dotted.tar'), { labelField: 'txt' })).rejects.toThrow(
      /lacks \.txt; it has /,
    );
  });

  test('are refused where a format has none', async () => {
    const folder = await temporaryFolder();
    const images = idxFile([4, 2, 2], Array(16).fill(1));
    await writeFiles(folder, {
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': idxFile([4], [0, 1, 0, 1]),
    });
    await expect(openDataset(folder, { labelField: 'y' })).rejects.toThrow(
      /labelField y: .* holds idx files, which are read as imageSize/,
    );
    await expect(openDataset(folder, { labelField: '\n' })).rejects.toThrow('visible characters');
  });
});

describe('refused with the remedy', () => {
  test.each<[string, object, RegExp]>([
    [
      'keras.npz',
      { imageSize: '8' },
      / imageSize 8: it holds pixels, 5x7, which are taken as they/,
    ],
    ['keras.npz', { imageChannels: 'grey' }, / imageChannels grey: it holds pixels/],
    ['lists.parquet', {}, /say the size of the pictures as height x width/],
    ['json.tar', {}, /json.tar, sample 0: no image can be read from it/],
    ['nulls.parquet', {}, /rows 3, 7 are empty/],
  ])('%s with %j', async (name, options, message) => {
    await expect(openDataset(fixturePath(name), options)).rejects.toThrow(message);
  });

  test('the range says what is black and white, of arrays too', async () => {
    const path = fixturePath('dark.npz');
    await expect(openDataset(path)).rejects.toThrow('16 bits hold up to 65535');
    const { train } = await openDataset(path, { imageRange: '0:255' });
    expect(Math.max(...train.images)).toBeGreaterThan(100);
    await expect(openDataset(path, { imageRange: 'auto' })).rejects.toThrow(
      'say both, as in 0:4095',
    );
  });

  test('a size that fits says how rows of pixels lie', async () => {
    const dataset = await openDataset(fixturePath('lists.parquet'), { imageSize: '5x7' });
    expect(dataset).toMatchObject({ height: 5, width: 7, classNames: caseNames });
  });
});
