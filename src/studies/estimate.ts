import type { Dataset } from '../data/dataset.ts';
import { modelKey } from '../nets/titles.ts';
import type { RunConfig } from '../runs/fields.ts';
import { readEpochs } from '../runs/metrics.ts';
import { intervalOf } from '../runs/trainerOptions.ts';
import { epochsBetween, isEvaluated } from '../training/evaluations.ts';
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
  { test }: Pick<Dataset, 'test'>,
  out: string,
  trial: (config: RunConfig) => Promise<Trial>,
): Promise<TimeEstimate> {
  const left = (await Promise.all(runs.map((run) => remainderOf(run, out)))).filter(
    ({ epochs }) => epochs > 0,
  );
  const trials = await tryModels(left, trial);
  const secondsOf = (remainder: Remainder): number => {
    const trial = trials.get(modelKey(remainder.run.config))!;
    const evaluated = evaluatedImages(remainder, trial, test.count);
    const trained = remainder.epochs * trial.trained;
    return trained / trial.imagesPerSecond + evaluated / trial.evaluatedPerSecond;
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

/**
 * Images that a run still evaluates: by its schedule those to choose by, and at its end those to test on;
 * without the former, those to test on all along. As if no patience ended it.
 */
export function evaluatedImages(
  { run: { config }, epochs: left }: Remainder,
  { trained, validation }: Pick<Trial, 'trained' | 'validation'>,
  tested: number,
): number {
  const judged = validation ?? tested;
  const between = epochsBetween(intervalOf(config), trained, judged);
  const coming = Array.from({ length: left }, (_, index) => config.epochs - index);
  const times = coming.filter((epoch) => isEvaluated(epoch, config.epochs, between)).length;
  return times * judged + (validation === null ? 0 : tested);
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
