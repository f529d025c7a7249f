import type { Dataset } from '../data/dataset.ts';
import { modelKey } from '../nets/titles.ts';
import type { RunConfig } from '../runs/fields.ts';
import { readEpochs } from '../runs/metrics.ts';
import { runFolder, type StudyRun } from './study.ts';
import type { Trial } from './trial.ts';

/** What is left of a study, and what it will take. */
export interface TimeEstimate {
  runs: number;
  /** Of these, trained already. */
  finished: number;
  /** Of each run. */
  epochs: number;
  /** Measured speed of every model that is still to be trained. */
  speeds: { model: string; runs: number; imagesPerSecond: number }[];
  /** Of the training that is left. */
  seconds: number;
  /** Largest memory of this process in the trials; 0 where none was needed. */
  memoryBytes: number;
}

interface Remainder {
  run: StudyRun;
  epochs: number;
}

/** Counts what is left in the folder of a study, and measures how fast each of its models trains. */
export async function estimateStudy(
  runs: readonly StudyRun[],
  { train, test }: Pick<Dataset, 'train' | 'test'>,
  out: string,
  trial: (config: RunConfig) => Promise<Trial>,
): Promise<TimeEstimate> {
  const left = (await Promise.all(runs.map((run) => remainderOf(run, out)))).filter(
    ({ epochs }) => epochs > 0,
  );
  const trials = await tryModels(left, trial);
  const secondsOf = ({ run, epochs }: Remainder): number => {
    const { imagesPerSecond, evaluatedPerSecond } = trials.get(modelKey(run.config))!;
    const epoch = train.count / imagesPerSecond + test.count / evaluatedPerSecond;
    return epochs * epoch;
  };
  return {
    runs: runs.length,
    finished: runs.length - left.length,
    epochs: runs[0].config.epochs,
    speeds: speedsOf(left, trials),
    seconds: left.reduce((sum, remainder) => sum + secondsOf(remainder), 0),
    memoryBytes: Math.max(0, ...[...trials.values()].map(({ memoryBytes }) => memoryBytes)),
  };
}

async function remainderOf(run: StudyRun, out: string): Promise<Remainder> {
  const epochs = await readEpochs(runFolder(out, run));
  return { run, epochs: run.config.epochs - epochs.length };
}

async function tryModels(
  left: readonly Remainder[],
  trial: (config: RunConfig) => Promise<Trial>,
): Promise<Map<string, Trial>> {
  const trials = new Map<string, Trial>();
  for (const { run } of left) {
    const key = modelKey(run.config);
    if (!trials.has(key)) trials.set(key, await trial(run.config));
  }
  return trials;
}

function speedsOf(
  left: readonly Remainder[],
  trials: ReadonlyMap<string, Trial>,
): TimeEstimate['speeds'] {
  return [...trials].map(([key, { imagesPerSecond }]) => {
    const runs = left.filter(({ run }) => modelKey(run.config) === key);
    return { model: runs[0].run.model, runs: runs.length, imagesPerSecond };
  });
}
