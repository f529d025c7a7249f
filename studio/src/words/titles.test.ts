import { expect, test } from 'vitest';
import { defaultConfig } from '../../../src/runs/fields.ts';
import { distinctTitles } from './titles.ts';

const run = (name: string, layout: string, seed: number) => ({
  name,
  config: { ...defaultConfig, layout, seed },
});

test('the model alone, else its seed, else the folder', () => {
  const runs = [
    run('a', 'preact', 1),
    run('b', 'preact-bn', 1),
    run('c', 'preact-bn', 2),
    run('d', 'bn-shake', 3),
    run('e', 'bn-shake', 3),
  ];
  expect(distinctTitles(runs)).toEqual([
    'PreAct with shaking',
    'PreActBN with shaking, seed 1',
    'PreActBN with shaking, seed 2',
    'd',
    'e',
  ]);
});
