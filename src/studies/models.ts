import { modelKey } from '../nets/titles.ts';
import { estimate } from '../statistics/estimate.ts';
import type { CountedRun } from './measures/definition.ts';
import { type Measure, type MeasuredRun, measures } from './measures/measures.ts';
import type { SummaryRun } from './summary.ts';

/** What the comparison of models needs of a run; its classes are not known of earlier versions. */
export type SeedRun = CountedRun & MeasuredRun & Pick<SummaryRun, 'seed' | 'classes'>;

/** The runs of one model, alike in everything but the seed, as far as they are compared. */
export interface SeedRuns {
  runs: readonly SeedRun[];
}

/** The runs of one model of a study. */
export interface ModelRuns extends SeedRuns {
  key: string;
  title: string;
  runs: SummaryRun[];
}

/** One measure of one model over its seeds, in the measure's unit. */
export interface Statistic {
  mean: number;
  /** Sample deviation over the seeds; null with fewer than two. */
  deviation: number | null;
}

/**
 * Groups runs by model, in the order in which the models first appear.
 *
 * @param keyOf what tells models apart: layout and law where a study varies nothing else
 */
export function groupByModel(
  runs: readonly SummaryRun[],
  keyOf: (run: SummaryRun) => string = modelKey,
): ModelRuns[] {
  const models = new Map<string, ModelRuns>();
  for (const run of runs) {
    const key = keyOf(run);
    const model = models.get(key) ?? { key, title: run.model, runs: [] };
    model.runs.push(run);
    models.set(key, model);
  }
  return [...models.values()];
}

/** A measure by seed. */
export type SeedValues = ReadonlyMap<number, number>;

/** The values of seeds 1, 2, … in their order. */
export const seedValues = (values: readonly number[]): SeedValues =>
  new Map(values.map((value, index) => [index + 1, value]));

/** A measure of every seed of a model; null if a run lacks it. */
export function valuesBySeed({ runs }: SeedRuns, measure: Measure): SeedValues | null {
  const values = new Map<number, number>();
  for (const run of runs) {
    const value = measures[measure].read(run);
    if (value === null) return null;
    values.set(run.seed, value);
  }
  return values;
}

/** Mean and deviation over a model's seeds; null if a run lacks the measure. */
export function statisticOf(model: ModelRuns, measure: Measure): Statistic | null {
  const values = valuesBySeed(model, measure);
  if (!values) return null;
  const { mean, deviation } = estimate([...values.values()]);
  return { mean, deviation };
}

/**
 * Standard deviation that the finite sample alone gives a measure of a model; all seeds meet the
 * same sample, so more seeds do not lessen it.
 */
export function samplingDeviation({ runs }: SeedRuns, measure: Measure): number {
  const deviationOf = measures[measure].samplingDeviation;
  return deviationOf ? estimate(runs.map(deviationOf)).mean : 0;
}
