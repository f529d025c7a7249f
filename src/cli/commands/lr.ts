import { configKeys } from '../../runs/fields.ts';
import { command, type FlagsOf } from '../command.ts';
import { count, json, machineFlags, positive, settings, text } from '../flags.ts';

/** What a test of a few steps leaves no room for. */
const without = new Set([
  ...['epochs', 'learningRate', 'warmUp', 'decayEpochs', 'swa'],
  ...['evaluateEvery', 'patience', 'testMirror'],
]);

const flags = {
  from: positive('rate', 'the least learning rate (default: 1e-5)', 1e-5),
  to: positive('rate', 'the greatest learning rate (default: 10)', 10),
  steps: count('count', 'training steps from the one to the other (default: 200)', 200),
  out: text('file', 'write the figure as SVG'),
  settings: settings(configKeys.filter((key) => !without.has(key))),
  ...machineFlags,
  json,
};

export type LrFlags = FlagsOf<typeof flags>;

export const lr = command({
  usage: 'lr',
  summary: 'learning-rate range test: the loss while the rate grows, and a rate to begin with',
  flags,
  examples: [
    'shakelab lr --dataset mnist --train-size 10000 --out rates.svg',
    'shakelab lr --dataset ./photos --image-size 32 --from 1e-4 --to 3 --steps 100',
  ],
  run: async (flags) => (await import('../lr.ts')).lr(flags),
});
