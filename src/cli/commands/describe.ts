import { command, type FlagsOf } from '../command.ts';
import { data, dataKeys, json, memory, settings, threads, toggle } from '../flags.ts';

const flags = {
  data,
  settings: settings([
    ...dataKeys,
    'net',
    'layout',
    'mixing',
    'head',
    'features',
    'batch',
    'precision',
  ]),
  program: toggle('print the listing of its program'),
  profile: toggle('run it on random images and time every instruction'),
  threads: threads('threads of the profile'),
  memory,
  json,
};

export type DescribeFlags = FlagsOf<typeof flags>;

export const describe = command({
  usage: 'describe',
  summary: "a net's blocks, parameters, operations, memory and speed",
  flags,
  examples: [
    'shakelab describe --net resnext-26-2x64d --layout bn-shake --dataset cifar10',
    'shakelab describe --net wrn-28-10 --layout preact-dropout --dataset cifar10',
    'shakelab describe --features 2 --program',
    'shakelab describe --net resnext-26-2x16d --dataset cifar10 --batch 64 --profile',
  ],
  run: async (flags) => (await import('../describe.ts')).describe(flags),
});
