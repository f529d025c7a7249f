import { estimate } from '../analysis/statistics.ts';
import { type Measure, measures } from './measures.ts';
import { modelKey, type RunSummary } from './summary.ts';

/** The runs of one model, alike in everything but the seed. */
export interface ModelRuns {
  key: string;
  title: string;
  runs: RunSummary[];
}

/** One measure of one model over its seeds, in the measure's unit. */
export interface Statistic {
  mean: number;
  /** Sample deviation over the seeds; null with fewer than two. */
  deviation: number | null;
  /**
   * Of the mean: from the spread of the seeds or from the finite sample, whichever is larger; all
   * seeds meet the same sample, so more seeds do not lessen the latter.
   */
  standardError: number;
}

/** Groups runs by model, in the order in which the models first appear. */
export function groupByModel(runs: readonly RunSummary[]): ModelRuns[] {
  const models = new Map<string, ModelRuns>();
  for (const run of runs) {
    const key = modelKey(run);
    const model = models.get(key) ?? { key, title: run.model, runs: [] };
    model.runs.push(run);
    models.set(key, model);
  }
  return [...models.values()];
}

/** Mean, deviation and standard error over a model's seeds; null if a run lacks the measure. */
export function statisticOf({ runs }: ModelRuns, measure: Measure): Statistic | null {
  const { read, samplingDeviation } = measures[measure];
  const values = runs.map(read).filter((value) => value !== null);
  if (values.length < runs.length) return null;
  const { mean, deviation } = estimate(values);
  const sampling = samplingDeviation ? estimate(runs.map(samplingDeviation)).mean : 0;
  const ofSeeds = (deviation ?? 0) / Math.sqrt(runs.length);
  return { mean, deviation, standardError: Math.max(sampling, ofSeeds) };
}
