import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../runs/atomic.ts';
import { describeIdentity } from '../runs/identity.ts';
import type { EpochEvent } from '../runs/metrics.ts';
import type { RunResult } from '../runs/result.ts';
import { storing } from '../runs/storing.ts';
import { type Claim, judgeClaims, type ModelTitles } from './claims.ts';
import { groupByModel } from './models.ts';
import type { StudyPlan } from './plan.ts';
import type { ReportFigure } from './report/figures.ts';
import type { StudyRun } from './study.ts';
import { type Summary, type SummaryRun, summarySchema } from './summary.ts';

/** What a study leaves behind, besides the folders of its runs. */
export interface Results {
  /** A study may add to what all summaries hold. */
  summary: Summary;
  summaryPath: string;
  reportPath: string;
}

/** Writes what a study found into its folder. */
export async function keepResults(
  out: string,
  summary: Summary,
  figures: readonly ReportFigure[],
  report: string,
): Promise<Results> {
  await storing(out, () => mkdir(join(out, 'figures'), { recursive: true }));
  await Promise.all(figures.map((figure) => writeFigure(figure, out)));
  const summaryPath = join(out, 'summary.json');
  const reportPath = join(out, 'report.html');
  await writeWhole(summaryPath, `${JSON.stringify(summary, null, 2)}\n`);
  await writeWhole(reportPath, report);
  return { summary, summaryPath, reportPath };
}

/** The summary of those runs of a study that are trained. */
export function summariseRuns(
  { runs: planned, ...plan }: StudyPlan,
  runs: SummaryRun[],
  claims: readonly Claim[],
  titles?: ModelTitles,
): Summary {
  const { shakelab, commit, node, ...machine } = describeIdentity();
  return summarySchema.parse({
    ...plan,
    runs,
    planned: planned.length,
    claims: judgeClaims(claims, groupByModel(runs), titles),
    finishedAt: new Date().toISOString(),
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    code: { shakelab, commit, node },
    machine,
  });
}

/** What a summary tells of a run apart from its embeddings. */
export function outcomeOf(
  { id, model, config }: StudyRun,
  result: RunResult,
  curve: EpochEvent[],
  counts: { train: number; test: number },
): SummaryRun {
  const { parameters, trainLoss, trainError, testLoss, testError } = result;
  const { imagesPerSecond, seconds } = result;
  return {
    ...{ id, model, ...config, parameters, trainCount: counts.train, testCount: counts.test },
    ...{ trainLoss, trainError, testLoss, testError, imagesPerSecond, seconds, curve },
  };
}

function writeFigure({ file, content }: ReportFigure, out: string): Promise<void> {
  return writeWhole(join(out, 'figures', file), content);
}
