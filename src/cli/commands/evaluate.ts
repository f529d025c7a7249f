import { command, type FlagsOf } from '../command.ts';
import { json, machineFlags } from '../flags.ts';

const flags = { ...machineFlags, json };

export type EvaluateFlags = FlagsOf<typeof flags>;

export const evaluate = command({
  usage: 'evaluate <folder>',
  summary: 'loss and error of a run on the test images',
  flags,
  examples: ['shakelab evaluate runs/a', 'shakelab evaluate runs/a --json'],
  run: async (flags, folder) => (await import('../evaluate.ts')).evaluate(folder, flags),
});
