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
