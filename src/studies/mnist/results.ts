import { measureEmbeddings } from '../measures/measures.ts';
import { planOf } from '../plan.ts';
import { keepResults, outcomeOf, type Results, summariseRuns } from '../results.ts';
import type { Study } from '../study.ts';
import type { Summary, SummaryRun } from '../summary.ts';
import { drawFigures } from './figures.ts';
import { renderReport } from './page.ts';
import type { TrainedRun } from './trainedRun.ts';

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

function summariseRun({ run, result, epochs, embeddings }: TrainedRun): SummaryRun {
  const counts = { train: embeddings.trainMode.count, test: embeddings.test.count };
  return { ...outcomeOf(run, result, epochs, counts), ...measureEmbeddings(embeddings) };
}
