import { RequestError } from '../../errors.ts';
import { finishedRun } from '../../runs/result.ts';
import { readPlan, type StudyPlan } from '../plan.ts';
import { keepResults, outcomeOf, type Results, summariseRuns } from '../results.ts';
import { runFolder, type StudyRun } from '../study.ts';
import type { RunSummary } from '../summary.ts';
import { cifar10Claims } from './claims.ts';
import { drawCifar10Figures } from './figures.ts';
import { renderCifar10Report } from './page.ts';

/**
 * Writes the report of the study in a folder from those of its runs that are trained by now, while
 * others may still be training.
 *
 * @throws RequestError where the folder holds no study, or no run of it is trained yet
 */
export async function reportCifar10(out: string): Promise<Results> {
  const plan = await readPlan(out);
  const runs = await finishedRuns(plan, out);
  if (runs.length === 0) {
    throw new RequestError(`--out ${out}: none of the ${plan.runs.length} runs is trained yet`);
  }
  const summary = summariseRuns(plan, runs, cifar10Claims);
  const figures = drawCifar10Figures(summary);
  return keepResults(out, summary, figures, renderCifar10Report(summary, figures));
}

async function finishedRuns({ runs }: StudyPlan, out: string): Promise<RunSummary[]> {
  const summaries = await Promise.all(runs.map((run) => summaryOf(run, runFolder(out, run))));
  return summaries.filter((summary) => summary !== undefined);
}

async function summaryOf(run: StudyRun, folder: string): Promise<RunSummary | undefined> {
  const finished = await finishedRun(folder);
  return finished && outcomeOf(run, finished.result, finished.epochs, finished.record.data);
}
