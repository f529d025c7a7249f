import { keepChoices } from '../../runs/keepChoices.ts';
import { command, type FlagsOf } from '../command.ts';
import { choice, count, jsonEvents, machineFlags, memory, number, toggle } from '../flags.ts';

const flags = {
  index: number('number', 'the run, by its place in study.json, from 0', 17),
  after: count('submission', 'write the report, and submit what follows that submission', 1),
  allowOtherKernels: toggle('go on by kernels that round otherwise, and note it in run.json'),
  keep: choice('checkpoints kept of the trained run', keepChoices, 'all'),
  ...machineFlags,
  memory,
  json: jsonEvents,
};

export type WorkFlags = FlagsOf<typeof flags>;

export const work = command({
  usage: 'work <folder>',
  summary: 'carry out one run of a study that was begun, as the jobs of --on do',
  flags,
  examples: ['shakelab work runs/table-1 --index 17', 'shakelab work runs/table-1 --after 1'],
  run: async (flags, folder) => (await import('../work.ts')).work(folder, flags),
});
