import { command, type FlagsOf } from '../command.ts';
import { json, toggle } from '../flags.ts';

const flags = { all: toggle('list every run, trained and waiting ones too'), json };

export type StatusFlags = FlagsOf<typeof flags>;

export const status = command({
  usage: 'status <folder>',
  summary: 'how the runs of a study stand, wherever they are trained: host, epoch, queue',
  flags,
  examples: ['shakelab status runs/table-1', 'shakelab status runs/table-1 --all'],
  run: async (flags, folder) => (await import('../status.ts')).status(folder, flags),
});
