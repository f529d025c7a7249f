import { z } from 'zod';
import type { RunConfig } from '../runs/fields.ts';
import { predictedClasses, readPredictions, type SplitPredictions } from '../runs/predictions.ts';
import { holm } from '../statistics/family.ts';
import { mcnemar } from '../statistics/mcnemar.ts';
import { finite, idSchema, measured, whole } from './schemas.ts';

/** Two trained nets held against each other on the same test samples, by McNemar's test. */
export const pairedNetsSchema = z.object({
  id: idSchema,
  /** The run that it is held against. */
  against: idSchema,
  /** Test samples, and those that only the one, or only the other, gets right. */
  ...{ count: whole, onlyLeft: whole, onlyRight: whole },
  /** Error less that of the other, a share of the samples. */
  difference: measured,
  /** Two-sided p: mid-p, that of the exact test, and Holm's of the mid-p over all pairs here. */
  ...{ mid: finite, exact: finite, adjusted: finite },
});

type PairedNets = z.infer<typeof pairedNetsSchema>;

/** A run whose predictions may be kept in its folder. */
interface PredictedRun {
  id: string;
  folder: string;
  config: RunConfig;
}

/** Holds each run against the first, where both keep predictions of the same test samples. */
export async function pairedNetsOf(runs: readonly PredictedRun[]): Promise<PairedNets[]> {
  const [first, ...others] = await Promise.all(runs.map(withPredictions));
  const pairs = others.flatMap(({ id, config, test }) => {
    if (!test || !first.test || config.dataset !== first.config.dataset) return [];
    if (!sameSamples(test, first.test)) return [];
    const [ours, theirs] = [test, first.test].map(predictedClasses);
    return [{ id, against: first.id, ...mcnemar(ours, theirs, test.labels) }];
  });
  const adjusted = holm(pairs.map(({ mid }) => mid));
  return pairs.map((pair, place) => ({ ...pair, adjusted: adjusted[place]! }));
}

/** A damaged file counts for none. */
async function withPredictions(run: PredictedRun) {
  const kept = await readPredictions(run.folder).catch(() => null);
  return { ...run, test: kept?.splits.test };
}

/** Whether two runs tested the same samples in the same order, as far as places and labels tell. */
const sameSamples = (one: SplitPredictions, other: SplitPredictions): boolean =>
  sameNumbers(one.indices, other.indices) && sameNumbers(one.labels, other.labels);

const sameNumbers = (one: Int32Array, other: Int32Array): boolean =>
  one.length === other.length && one.every((value, place) => value === other[place]);
