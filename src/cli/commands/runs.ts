import { command, commandGroup, type FlagsOf } from '../command.ts';
import { json, text, toggle, words } from '../flags.ts';

const listFlags = {
  where: words('condition', 'only runs of which all hold, such as testError<2 mixing~shake tags=a'),
  sort: text('name', 'by a setting or result; -name the other way round (default: newest first)'),
  show: text('names', 'columns, with commas between them (default: the usual ones)'),
  archived: toggle('archived runs too'),
  csv: toggle('print CSV'),
  json,
};

export type ListFlags = FlagsOf<typeof listFlags>;

const list = command({
  usage: 'list [folder]',
  summary: 'the runs below a folder, filtered and sorted by any setting or result',
  flags: listFlags,
  examples: [
    'shakelab runs list',
    "shakelab runs list runs --where 'testError<2' 'mixing~shake' --sort testError",
    'shakelab runs list runs --show name,learningRate,batch,validationError --csv',
  ],
  run: async (flags, folder = 'runs') => (await import('../runs.ts')).list(folder, flags),
});

const labelFlags = {
  tag: text('tags', 'add tags, with commas between them'),
  untag: text('tags', 'take tags away'),
  note: text('text', 'what to know of it; an empty one takes the note away'),
  archive: toggle('leave it out of lists'),
  restore: toggle('show it in lists again'),
  json,
};

export type LabelFlags = FlagsOf<typeof labelFlags>;

const label = command({
  usage: 'label <folders...>',
  summary: 'tag runs, write a note about them, archive them',
  flags: labelFlags,
  examples: [
    "shakelab runs label runs/a --tag baseline,paper --note 'rate too high from epoch 3'",
    'shakelab runs label runs/old-* --archive',
  ],
  run: async (flags, folders) => (await import('../runs.ts')).label(folders, flags),
});

const renameFlags = { json };

export type RenameFlags = FlagsOf<typeof renameFlags>;

const rename = command({
  usage: 'rename <folder> <name>',
  summary: "give a run's folder another name beside it",
  flags: renameFlags,
  examples: ['shakelab runs rename runs/a baseline'],
  run: async (flags, folder, name) => (await import('../runs.ts')).rename(folder, name, flags),
});

const deleteFlags = { yes: toggle('do not ask'), json };

export type DeleteFlags = FlagsOf<typeof deleteFlags>;

const remove = command({
  usage: 'delete <folders...>',
  summary: 'delete runs for good, after asking',
  flags: deleteFlags,
  examples: ['shakelab runs delete runs/a', 'shakelab runs delete runs/old-* --yes'],
  run: async (flags, folders) => (await import('../runs.ts')).remove(folders, flags),
});

export const runs = commandGroup({
  usage: 'runs',
  summary: 'runs: list, label, rename, delete',
  examples: ['shakelab runs list', 'shakelab runs label runs/a --tag baseline'],
  commands: [list, label, rename, remove],
});
