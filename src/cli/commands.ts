import type { AddCommand } from './command.ts';

/** A command as the help lists it; its own file is loaded when it is named. */
export interface CommandRow {
  usage: string;
  summary: string;
  load(): Promise<AddCommand>;
}

/** Every command, in the order of the help. A test holds the rows against the commands' own files. */
export const commands: readonly CommandRow[] = [
  {
    usage: 'study',
    summary: 'train the runs of a study and write its report',
    load: async () => (await import('./commands/study.ts')).study,
  },
  {
    usage: 'search',
    summary:
      'try every placement of batch norms, or any settings, and train the promising ones longer',
    load: async () => (await import('./commands/search.ts')).search,
  },
  {
    usage: 'work <folder>',
    summary: 'carry out one run of a study that was begun, as the jobs of --on do',
    load: async () => (await import('./commands/work.ts')).work,
  },
  {
    usage: 'status <folder>',
    summary: 'how the runs of a study stand, wherever they are trained: host, epoch, queue',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    usage: 'train',
    summary: 'train a net into a folder',
    load: async () => (await import('./commands/train.ts')).train,
  },
  {
    usage: 'lr',
    summary: 'learning-rate range test: the loss while the rate grows, and a rate to begin with',
    load: async () => (await import('./commands/lr.ts')).lr,
  },
  {
    usage: 'evaluate <folder>',
    summary: 'loss and error of a run on the test images, each class, calibration',
    load: async () => (await import('./commands/evaluate.ts')).evaluate,
  },
  {
    usage: 'runs',
    summary: 'runs: list, label, rename, delete',
    load: async () => (await import('./commands/runs.ts')).runs,
  },
  {
    usage: 'predict <folder> <files...>',
    summary: 'the class of new images or sound clips, with its probability',
    load: async () => (await import('./commands/predict.ts')).predict,
  },
  {
    usage: 'embed <folder>',
    summary: "write a run's features, labels and predictions into its embeddings/",
    load: async () => (await import('./commands/embed.ts')).embed,
  },
  {
    usage: 'measure <folder>',
    summary: "measures of a run's representation: the paper's, neural collapse, neighbours, …",
    load: async () => (await import('./commands/measure.ts')).measure,
  },
  {
    usage: 'export <folder>',
    summary: 'write a run or a study for other programs',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    usage: 'describe',
    summary: "a net's blocks, parameters, operations, memory and speed",
    load: async () => (await import('./commands/describe.ts')).describe,
  },
  {
    usage: 'list',
    summary: 'every mixing law, head and regulariser, with its flag and source',
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    usage: 'law <law>',
    summary: "a mixing law's coefficients: their moments, and a figure of their distribution",
    load: async () => (await import('./commands/law.ts')).law,
  },
  {
    usage: 'data',
    summary: 'data sets: list, get, check, show',
    load: async () => (await import('./commands/data.ts')).data,
  },
  {
    usage: 'bench',
    summary: 'speed and memory, next to PyTorch, onnxruntime and oneDNN where a Python has them',
    load: async () => (await import('./commands/bench.ts')).bench,
  },
  {
    usage: 'studio [folder]',
    summary: 'watch, compare and start runs in a browser',
    load: async () => (await import('./commands/studio.ts')).studio,
  },
];
