import { expect, it } from 'vitest';
import { defaultConfig } from '../runs/fields.ts';
import { joinFlags, trainCommand } from './commands.ts';

it('names the essentials of a run and whatever differs from the defaults', () => {
  const config = { ...defaultConfig, layout: 'bn relu conv', features: 2, epochs: 3, seed: 7 };
  expect(trainCommand(config, 'runs/a')).toBe(
    "npx shakelab train --dataset mnist --net resnext-20-2x4d --layout 'bn relu conv' " +
      '--mixing shake-shake --features 2 --epochs 3 --seed 7 --out runs/a',
  );
});

it('leaves out flags without a value and quotes what a shell would split or expand', () => {
  const flags = joinFlags([
    ['data', undefined],
    ['train-size', null],
    ['out', "it's $HOME"],
    ['lr', 0.1],
  ]);
  expect(flags).toBe(`--out 'it'\\''s $HOME' --lr 0.1`);
});
