import { runLogNames } from '../../exports/logs.ts';
import { command, type FlagsOf } from '../command.ts';
import {
  anyChoice,
  frames,
  jsonEvents,
  machineFlags,
  memory,
  positive,
  required,
  settings,
  toggle,
} from '../flags.ts';

const flags = {
  out: required('folder', 'folder of the run, new or empty'),
  resume: toggle(
    'go on with the run in the folder, from its last checkpoint; begin it where there is none',
  ),
  allowOtherKernels: toggle('go on by kernels that round otherwise, and note it in run.json'),
  checkpointSeconds: positive('time', 'longest time between checkpoints', 60),
  frames,
  log: anyChoice('keep files for TensorBoard in RUN/tensorboard while training', runLogNames),
  settings: settings(),
  ...machineFlags,
  memory,
  json: jsonEvents,
};

export type TrainFlags = FlagsOf<typeof flags>;

export const train = command({
  usage: 'train',
  summary: 'train a net into a folder',
  flags,
  examples: [
    'shakelab train --out runs/a --dataset mnist --features 2',
    "shakelab train --out runs/b --layout 'bn relu conv bn' --mixing shake-shake:level=batch",
    'shakelab train --out runs/c --dataset ./photos --image-size 32',
    'shakelab train --out runs/d --dataset ./few --init model.safetensors --body-rate 0.1',
    'shakelab train --out runs/a --resume',
  ],
  run: async (flags) => (await import('../train.ts')).train(flags),
});
