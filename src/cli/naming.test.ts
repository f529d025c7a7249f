import { expect, test } from 'vitest';
import { configFields } from '../runs/fields.ts';
import { allStudyRows } from '../studies/registry.ts';
import { flagNamed } from './naming.ts';

test.each([
  ['learningRate', '--lr'],
  ['averageDecay', '--ema'],
  ['dataFolder', '--data'],
  ['folder', '--out'],
  ['cases', '--case'],
  ['resume', '--resume'],
])('%s is %s on the command line', (name, flag) => {
  expect(flagNamed(name)).toBe(flag);
});

test('every option of a run and of the studies is called by its own flag', () => {
  const fields = Object.entries(configFields);
  const options = allStudyRows.flatMap((row) => Object.entries(row.options));
  expect(options.length).toBeGreaterThan(20);
  for (const [name, { flag }] of [...fields, ...options]) expect(flagNamed(name)).toBe(`--${flag}`);
});
