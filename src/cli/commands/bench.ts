import { precisions } from '../../program/precision.ts';
import { command, type FlagsOf } from '../command.ts';
import { choice, count, json, positive, text, threads, toggle, untoggle, words } from '../flags.ts';

const flags = {
  case: words('words', 'only cases whose names hold these words'),
  threads: threads('threads of either side'),
  pairs: count('count', 'measurements of each side, in turns (default: 5)', 5),
  seconds: positive('time', 'length of a measurement (default: 4)', 4),
  precision: choice('what ours stores activations in', precisions, 'float32'),
  against: text('folder', 'measure next to another checkout of shakelab, built there'),
  peer: untoggle('measure ours alone'),
  bf16: untoggle('leave out PyTorch in bfloat16'),
  compiled: untoggle('leave out PyTorch compiled, which takes a minute a way and case'),
  markdown: toggle('print a table of Markdown, with machine and date'),
  json,
};

export type BenchFlags = FlagsOf<typeof flags>;

export const bench = command({
  usage: 'bench',
  summary: 'speed and memory, next to PyTorch, onnxruntime and oneDNN where a Python has them',
  flags,
  examples: [
    'shakelab bench',
    "shakelab bench --case '2x16d train' --pairs 3 --no-bf16",
    'shakelab bench --against ../shakelab-before',
    'shakelab bench --precision bf16 --no-compiled',
    'SHAKELAB_PYTHON=/usr/bin/python3 shakelab bench --markdown > results.md',
  ],
  run: async (flags) => (await import('../bench.ts')).bench(flags),
});
