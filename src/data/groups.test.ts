import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { openDataset } from './datasets.ts';
import { foldOf } from './fold.ts';
import { groupNotes, groupNumbers } from './groups.ts';
import { withValidation } from './validation.ts';

const classes = ['cat', 'dog'];

/** Each patient's pictures of both classes have one grey of their own, from which they are told again. */
async function pictures(pathOf: (name: string, patient: number, at: number) => string) {
  const root = await temporaryFolder();
  for (const name of classes) {
    for (let at = 0; at < 24; at++) {
      const patient = at % 12;
      const background = { r: 10 * patient, g: 10 * patient, b: 10 * patient };
      const image = sharp({ create: { width: 4, height: 4, channels: 3, background } });
      await writeFiles(root, { [pathOf(name, patient, at)]: await image.png().toBuffer() });
    }
  }
  return root;
}

const patientsOf = ({ images, count }: { images: Uint8Array; count: number }): Set<number> => {
  const size = images.length / count;
  return new Set(Array.from({ length: count }, (_, at) => images[at * size] / 10));
};

const apart = (one: Set<number>, other: Set<number>) => [...one].every((own) => !other.has(own));

const folders = () => pictures((name, patient, at) => `${name}/p${patient}/${at}.png`);

test('the folder below the class divides nothing: test set, validation and folds keep it whole', async () => {
  const dataset = await openDataset(await folders(), { groupField: 'folder' });
  expect(patientsOf(dataset.train).size + patientsOf(dataset.test).size).toBe(12);
  expect(dataset.test.count).toBe(8);
  const { train, validation } = withValidation(dataset, '0.2');
  expect(apart(patientsOf(train), patientsOf(validation!))).toBe(true);
  const folds = [1, 2, 3].map((index) => foldOf(dataset, `${index}/3`));
  for (const fold of folds) expect(apart(patientsOf(fold.train), patientsOf(fold.test))).toBe(true);
  expect(folds.flatMap(({ test }) => [...patientsOf(test)])).toHaveLength(10);
  expect(dataset.reading!.notes).toEqual([
    '10 groups of 40 training samples, kept whole by folds and by what is held out',
  ]);
});

test('without groups the patients are on both sides', async () => {
  const dataset = await openDataset(await folders());
  expect(dataset.train.groups).toBeUndefined();
  expect(apart(patientsOf(dataset.train), patientsOf(dataset.test))).toBe(false);
});

test('a column of a manifest does the same', async () => {
  const root = await pictures((name, patient, at) => `${name}-${patient}-${at}.png`);
  const rows = classes.flatMap((name) =>
    Array.from({ length: 24 }, (_, at) => `${name}-${at % 12}-${at}.png,${name},p${at % 12}`),
  );
  await writeFiles(root, { 'all.csv': ['path,label,patient', ...rows].join('\n') });
  const manifest = join(root, 'all.csv');
  const dataset = await openDataset(manifest, { groupField: 'patient' });
  expect(apart(patientsOf(dataset.train), patientsOf(dataset.test))).toBe(true);
  for (let at = 0; at < dataset.train.count; at++)
    for (let other = 0; other < at; other++) {
      const [one, two] = [at, other].map((k) => dataset.train.images[k * 16]);
      expect(one === two).toBe(dataset.train.groups![at] === dataset.train.groups![other]);
    }
  await expect(openDataset(manifest, { groupField: 'nurse' })).rejects.toThrow(
    'groupField nurse: there is no such field for the group; choose from path, label, patient',
  );
});

test.each(['struct-none', 'permuted'])(
  'a column of Parquet, %s: classes as groups',
  async (name) => {
    const file = resolve('testkit/fixtures/data', `${name}.parquet`);
    const { train, test } = await openDataset(file);
    const samples = train.count + test.count;
    await expect(openDataset(file, { groupField: 'label' })).rejects.toThrow(
      `groupField: of 4 groups, kept whole, none can be held out as 0.2 of ${samples} samples`,
    );
    await expect(openDataset(file, { groupField: 'nurse' })).rejects.toThrow(
      'groupField nurse: there is no such field for the group; choose from label',
    );
  },
);

test('what tells no groups is refused', async () => {
  const root = await pictures((name, patient, at) => `${name}/p${patient}/${at}.png`);
  await expect(openDataset(root, { groupField: 'patient' })).rejects.toThrow(
    'groupField patient: files in folders are grouped by the folders below their class',
  );
  await expect(openDataset(root, { groupField: 'folder:2' })).rejects.toThrow(
    "cat/p0/0.png: lies in 1 folder below its class's, but groupField asks for 2",
  );
  await expect(openDataset('digits', { groupField: 'folder' })).rejects.toThrow(
    'groupField folder: digits has no groups',
  );
});

test('notes tell classes of one group, and groups on both sides of a split', () => {
  const split = (labels: number[], names: string[]) => ({
    ...{ count: labels.length, images: new Uint8Array(labels.length) },
    ...{ labels: Uint16Array.from(labels), groups: groupNumbers([['a', 'b', 'c'], names])[1] },
  });
  const train = split([0, 0, 1], ['a', 'b', 'a']);
  expect(groupNotes({ train, test: split([0, 1], ['b', 'c']) }, ['x', 'y'])).toEqual([
    '2 groups of 3 training samples, kept whole by folds and by what is held out',
    'y: the class lies in one group, and cannot be both trained and tested on',
    'trained on too: 1 group of the test split',
  ]);
});
