import type { RunKeeper } from '../runs/lifecycle.ts';

/** What a training can keep for other programs while it runs; its code loads when it is called for. */
export const runLogs = {
  tensorboard: async (): Promise<RunKeeper> =>
    (await import('./tensorboard/log.ts')).keepTensorboard,
};

export type RunLogName = keyof typeof runLogs;

export const runLogNames = Object.keys(runLogs) as RunLogName[];
