import { splitNames } from '../../data/dataset.ts';
import { command, type FlagsOf } from '../command.ts';
import { checkpoint, choice, json, machineFlags, text } from '../flags.ts';

const flags = {
  split: choice('images', splitNames, 'test'),
  checkpoint,
  csv: text('file', 'write the confusion matrix, a row a true class, as CSV'),
  figures: text('folder', 'draw the confusion matrix, calibration and most confident mistakes'),
  ...machineFlags,
  json,
};

export type EvaluateFlags = FlagsOf<typeof flags>;

export const evaluate = command({
  usage: 'evaluate <folder>',
  summary: 'loss and error of a run on the test images, each class, calibration',
  flags,
  examples: [
    'shakelab evaluate runs/a',
    'shakelab evaluate runs/a --csv confusion.csv --figures figures',
  ],
  run: async (flags, folder) => (await import('../evaluate.ts')).evaluate(folder, flags),
});
