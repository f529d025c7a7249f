import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureBytes } from '../../../testkit/containerCases.ts';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { openDataset } from '../datasets.ts';
import { refuseOtherClasses } from './sameClasses.ts';

const names = ['a', 'b'];

test.each([
  ['names', { classNames: ['b', 'a'] }, 'it names them b, a, that one names them a, b, counted'],
  ['counting', { classNames: names, firstNumber: 1 }, 'it names them a, b, counted from 1, that'],
  ['no names', { classNames: null }, 'it does not name them, that one names them a, b'],
])('files of other classes are refused: %s', (_, other, message) => {
  const one = { classNames: names, firstNumber: 0 };
  expect(() => refuseOtherClasses(['d/train.mat', one], ['d/test.mat', other])).toThrow(message);
  expect(() => refuseOtherClasses(['a', one], ['b', one])).not.toThrow();
});

test('digits need no names', () => {
  const digits = { classNames: [...'0123456789'] };
  expect(() => refuseOtherClasses(['a', digits], ['b', { classNames: null }])).not.toThrow();
});

test('Parquet whose metadata name the numbers otherwise', async () => {
  const folder = await temporaryFolder();
  const [first, second] = [0, 1].map((shard) => `train-0000${shard}-of-00002.parquet`);
  const text = Buffer.from(fixtureBytes(second)).toString('latin1');
  const turned = text.replace(/"bird"(.*?)"frog"/s, '"frog"$1"bird"');
  expect(turned).not.toBe(text);
  const bytes = Buffer.from(turned, 'latin1');
  await writeFiles(folder, { [first]: fixtureBytes(first), [second]: bytes });
  await expect(openDataset(folder)).rejects.toThrow(
    `${join(folder, second)}: its labels mean other classes than those of ${first}: it names them frog, cat`,
  );
});

test('a .mat file that begins to count elsewhere', async () => {
  const folder = await temporaryFolder();
  const bytes = fixtureBytes('split.mat');
  await writeFiles(folder, { 'train.mat': bytes, 'test.mat': fixtureBytes('named.mat') });
  await expect(openDataset(folder)).rejects.toThrow('train.mat: its labels mean other classes');
});
