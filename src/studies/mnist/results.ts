import type { EpochEvent } from '../../runs/metrics.ts';
import type { RunResult } from '../../runs/result.ts';
import { measureObservations, type Observations } from '../observations.ts';
import { planOf } from '../plan.ts';
import { keepResults, outcomeOf, type Results, summariseRuns } from '../results.ts';
import type { Study, StudyRun } from '../study.ts';
import type { RunSummary, Summary } from '../summary.ts';
import { drawFigures } from './figures.ts';
import { renderReport } from './page.ts';

/** A run that is trained to its end, with all that a report needs of it. */
export interface TrainedRun {
  run: StudyRun;
  result: RunResult;
  epochs: EpochEvent[];
  observations: Observations;
}

/** Measures and judges the trained runs, and writes `figures/`, `summary.json`, `report.html`. */
export async function writeResults(
  study: Study,
  trained: readonly TrainedRun[],
  out: string,
): Promise<Results> {
  const summary = summarise(study, trained);
  const figures = drawFigures(study, trained);
  return keepResults(out, summary, figures, renderReport(summary, figures));
}

/** The summary of a study: every run with its measures, and the claims held against them. */
export function summarise(study: Study, trained: readonly TrainedRun[]): Summary {
  return summariseRuns(planOf(study), trained.map(summariseRun), study.claims);
}

function summariseRun({ run, result, epochs, observations }: TrainedRun): RunSummary {
  const counts = { train: observations.trainMode.count, test: observations.test.count };
  return { ...outcomeOf(run, result, epochs, counts), ...measureObservations(observations) };
}
