import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixture, temporaryFolder } from '../../testkit/dataFiles.ts';
import { shakelab } from '../../testkit/shakelab.ts';
import { namedSets } from '../data/named/sets.ts';

// Files as their authors publish them, small: testkit/data/make_named.py. CIFAR's are read only whole.
const stored = ['mnist', ...namedSets.map(({ name }) => name)];

test.each(stored)('an epoch on %s', async (name) => {
  const run = join(await temporaryFolder(), 'run');
  const folder = ['--data', fixture('named', '')];
  const small = ['--net', 'resnext-8-2x2d', '--batch', '16', '--epochs', '1', '--out', run];
  const trained = await shakelab('train', '--dataset', name, ...folder, ...small);
  expect([trained.code, trained.err]).toEqual([0, '']);
  const { data } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
  expect(data.train).toBe(2 * data.test);
  expect((await shakelab('evaluate', run, ...folder, '--json')).code).toBe(0);
});
