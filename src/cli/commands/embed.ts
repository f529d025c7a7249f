import { splitNames } from '../../data/dataset.ts';
import { command, type FlagsOf } from '../command.ts';
import { checkpoint, choice, json, machineFlags, toggle } from '../flags.ts';

const modes = 'evaluate, or train: shaken, with the statistics of the batch';

const flags = {
  split: choice('images', splitNames, 'test'),
  mode: choice(modes, ['train', 'evaluate'], 'evaluate'),
  csv: toggle('write a CSV table too'),
  checkpoint,
  ...machineFlags,
  json,
};

export type EmbedFlags = FlagsOf<typeof flags>;

export const embed = command({
  usage: 'embed <folder>',
  summary: "write a run's features, labels and predictions into its embeddings/",
  flags,
  examples: ['shakelab embed runs/a --split train --mode train --csv'],
  run: async (flags, folder) => (await import('../embed.ts')).embed(folder, flags),
});
