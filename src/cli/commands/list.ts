import { command, type FlagsOf } from '../command.ts';
import { json, toggle } from '../flags.ts';

const flags = { markdown: toggle("print the README's table"), json };

export type ListFlags = FlagsOf<typeof flags>;

export const list = command({
  usage: 'list',
  summary: 'every mixing law, head and regulariser, with its flag and source',
  flags,
  examples: ['shakelab list', 'shakelab list --json'],
  run: async (flags) => (await import('../list.ts')).list(flags),
});
