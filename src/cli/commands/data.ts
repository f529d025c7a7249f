import { settingNames } from '../../data/settings.ts';
import { command, commandGroup, type FlagsOf } from '../command.ts';
import { count, data as dataFolder, json, settings, text, textOrTrue } from '../flags.ts';

const listFlags = { data: dataFolder, json };

export type ListFlags = FlagsOf<typeof listFlags>;

const list = command({
  usage: 'list',
  summary: 'every data set and where it was found',
  flags: listFlags,
  examples: ['shakelab data list', 'shakelab data list --json'],
  run: async (flags) => (await import('../data.ts')).list(flags),
});

const getFlags = { data: text('folder', 'put them there, not into the cache'), json };

export type GetFlags = FlagsOf<typeof getFlags>;

const get = command({
  usage: 'get [names...]',
  summary: 'download data sets that are not at hand; MNIST and CIFAR where none is named',
  flags: getFlags,
  examples: ['shakelab data get mnist', 'shakelab data get mnist --data data'],
  run: async (flags, names) => (await import('../data.ts')).get(names, flags),
});

const checkFlags = { data: dataFolder, settings: settings(settingNames), json };

export type CheckFlags = FlagsOf<typeof checkFlags>;

const check = command({
  usage: 'check [names...]',
  summary: 'verify files against their checksums, or read a folder of your own',
  flags: checkFlags,
  examples: ['shakelab data check mnist --data data', 'shakelab data check ./photos'],
  run: async (flags, names) => (await import('../data.ts')).check(names, flags),
});

const showFlags = {
  count: count('count', 'images (default: 50, with --augment 10)', 50),
  augment: textOrTrue(
    'way',
    'beside each image, what training with --augment sees of it (crop-flip)',
  ),
  out: text('file', 'where to write it (default: <name>.png)'),
  data: dataFolder,
  settings: settings(settingNames),
  json,
};

export type ShowFlags = FlagsOf<typeof showFlags>;

const show = command({
  usage: 'show <name>',
  summary: 'draw a contact sheet of training images as PNG',
  flags: showFlags,
  examples: [
    'shakelab data show cifar10 --augment --out cifar10.png',
    "shakelab data show ./photos --image-size 32 --augment 'rotate:degrees=20+randaugment'",
  ],
  run: async (flags, name) => (await import('../show.ts')).show(name, flags),
});

export const data = commandGroup({
  usage: 'data',
  summary: 'data sets: list, get, check, show',
  examples: ['shakelab data list', 'shakelab data get mnist', 'shakelab data check'],
  commands: [list, get, check, show],
});
