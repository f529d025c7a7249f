import { expect, test } from 'vitest';
import { defaultConfig } from '../../../../src/runs/fields.ts';
import type { RunSummary } from '../../../../src/server/library/runSummary.ts';
import { filterRuns } from './filter.ts';

const run = (name: string, state: RunSummary['state'], layout: string | null): RunSummary => ({
  id: name,
  name,
  state,
  problem: null,
  study: null,
  tags: [],
  note: '',
  archived: false,
  config: layout === null ? null : { ...defaultConfig, layout },
  differs: {},
  startedAt: null,
  updatedAt: null,
  progress: null,
  imagesPerSecond: null,
  secondsLeft: null,
  host: null,
  lastStep: null,
  lastEpoch: null,
  best: null,
  frames: 0,
});

const runs = [
  run('one', 'running', 'preact'),
  run('two', 'finished', 'preact-bn'),
  run('three', 'broken', null),
];

test.each([
  ['all', '', ['one', 'two', 'three']],
  ['active', '', ['one']],
  ['failed', '', ['three']],
  ['all', 'PreActBN shaking', ['two']],
  ['all', 'mnist one', ['one']],
  ['finished', 'one', []],
] as const)('%s runs that match "%s"', (group, search, names) => {
  expect(filterRuns(runs, group, search).map(({ name }) => name)).toEqual(names);
});

test('conditions, tags and notes are searched, archived runs are a group of their own', () => {
  const told = (name: string, testError: number, labels: Partial<RunSummary>): RunSummary => ({
    ...run(name, 'finished', 'preact'),
    lastEpoch: { epoch: 1, trainLoss: 1, trainError: 1, testError },
    ...labels,
  });
  const list = [
    told('a', 10, { tags: ['paper'] }),
    told('b', 9, { note: 'Rate too high' }),
    told('c', 1, { archived: true }),
  ];
  const names = (search: string, order?: string, group: 'all' | 'archived' = 'all') =>
    filterRuns(list, group, search, order).map(({ name }) => name);
  expect(names('testError<10')).toEqual(['b']);
  expect(names('tags=paper')).toEqual(['a']);
  expect(names('too high')).toEqual(['b']);
  expect(names('', 'testError')).toEqual(['b', 'a']);
  expect(names('', '-testError')).toEqual(['a', 'b']);
  expect(names('', '', 'archived')).toEqual(['c']);
  expect(names('nothing=1')).toEqual([]);
});
