import type { ImageKind } from '../data/dataset.ts';
import { describeRun } from '../runs/describe.ts';
import { checkpointBytes, checkpointCounts } from '../runs/keep.ts';
import type { Keep } from '../runs/keepChoices.ts';
import type { StudyRun } from './study.ts';

/** What the checkpoints of a study take, in bytes. */
export interface StudySizes {
  /** Of all runs together, when they are trained. */
  keptBytes: number;
  /** Of the largest run, while it trains. */
  trainingBytes: number;
}

/** What the checkpoints of some runs will take, told before any is trained. */
export function sizesOf(
  runs: readonly StudyRun[],
  images: ImageKind,
  keep: Keep = 'all',
): StudySizes {
  const parameters = new Map<string, number>();
  const bytesOf = ({ config }: StudyRun): number => {
    const key = `${config.net} ${config.layout} ${config.head} ${config.features}`;
    const known = parameters.get(key) ?? describeRun(config, images).parameters;
    parameters.set(key, known);
    return checkpointBytes(config, known);
  };
  return runs.reduce(
    ({ keptBytes, trainingBytes }, run) => {
      const { training, trained } = checkpointCounts(run.config, keep);
      const bytes = bytesOf(run);
      return {
        keptBytes: keptBytes + trained * bytes,
        trainingBytes: Math.max(trainingBytes, training * bytes),
      };
    },
    { keptBytes: 0, trainingBytes: 0 },
  );
}
