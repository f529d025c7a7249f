import { command, type FlagsOf } from '../command.ts';
import { checkpoint, json, machineFlags, text } from '../flags.ts';

const flags = {
  picture: text('file', 'draw the features as PNG; more than two in their principal plane'),
  checkpoint,
  ...machineFlags,
  json,
};

export type MeasureFlags = FlagsOf<typeof flags>;

export const measure = command({
  usage: 'measure <folder>',
  summary: "measures of a run's representation: the paper's, neural collapse, neighbours, …",
  flags,
  examples: ['shakelab measure runs/a', 'shakelab measure runs/a --picture a.png --json'],
  run: async (flags, folder) => (await import('../measure.ts')).measure(folder, flags),
});
