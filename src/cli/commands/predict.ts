import { command, type FlagsOf } from '../command.ts';
import { checkpoint, count, machineFlags, toggle } from '../flags.ts';

const flags = {
  top: count('count', 'how many classes to tell, the most probable first (default: 1)', 3),
  checkpoint,
  csv: toggle('print CSV'),
  ...machineFlags,
  json: toggle('print a prediction a line as JSON, with its logits'),
};

export type PredictFlags = FlagsOf<typeof flags>;

export const predict = command({
  usage: 'predict <folder> <files...>',
  summary: 'the class of new images or sound clips, with its probability',
  flags,
  examples: [
    'shakelab predict runs/photos new/*.jpg --top 3',
    'shakelab predict runs/photos new list.csv --csv > predictions.csv',
    'shakelab predict runs/photos - < cat.png',
    "find new -name '*.png' | shakelab predict runs/photos -",
  ],
  run: async (flags, folder, files) =>
    (await import('../predict.ts')).predict(folder, files, flags),
});
