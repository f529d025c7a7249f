import { command, type FlagsOf } from '../command.ts';
import { count, json, text } from '../flags.ts';

const flags = {
  branches: count('count', 'branches of a block (default: 2)', 3),
  blocks: count('count', 'blocks of the net (default: 9)', 12),
  out: text('file', 'write the figure as SVG'),
  json,
};

export type LawFlags = FlagsOf<typeof flags>;

export const law = command({
  usage: 'law <law>',
  summary: "a mixing law's coefficients: their moments, and a figure of their distribution",
  flags,
  examples: [
    'shakelab law shake-drop',
    'shakelab law shake-shake:strength=0.5 --branches 3 --out law.svg',
  ],
  run: async (flags, law) => (await import('../law.ts')).law(law, flags),
});
