import { RequestError } from '../../errors.ts';
import { type FinishedRun, finishedRun } from '../../runs/result.ts';
import { groupByModel } from '../models.ts';
import { readPlan, type StudyPlan } from '../plan.ts';
import { keepResults, outcomeOf, type Results, summariseRuns } from '../results.ts';
import { runFolder, type StudyRun } from '../study.ts';
import { cifar10Claims } from './claims.ts';
import { drawCifar10Figures } from './figures.ts';
import { renderCifar10Report } from './page.ts';
import { rowTitles } from './rows.ts';
import { type Cifar10Summary, cifar10SummarySchema } from './summary.ts';
import { rowDifferences, tableRows } from './table.ts';

/** A run of the study that is trained to its end. */
interface TrainedRow extends FinishedRun {
  run: StudyRun;
}

/**
 * Writes the report of the study in a folder from those of its runs that are trained by now, while
 * others may still be training.
 *
 * @throws RequestError where the folder holds no study, or no run of it is trained yet
 */
export async function reportCifar10(out: string): Promise<Results> {
  const plan = await readPlan(out);
  const trained = await trainedRows(plan, out);
  if (trained.length === 0) {
    const rule = `none of the study's ${plan.runs.length} runs is trained yet`;
    throw new RequestError(
      `--out ${out}: ${rule}; train it by the same command without --report-only`,
    );
  }
  const summary = summariseCifar10(plan, trained);
  const figures = drawCifar10Figures(summary);
  return keepResults(out, summary, figures, renderCifar10Report(summary, figures));
}

/** The summary of the runs that are trained; they tell by what code and machine. */
function summariseCifar10(plan: StudyPlan, trained: readonly TrainedRow[]): Cifar10Summary {
  const runs = trained.map(({ run, result, epochs, record }) =>
    outcomeOf(run, result, epochs, record.data),
  );
  const models = groupByModel(runs);
  const { code, machine } = trained[trained.length - 1].record;
  return cifar10SummarySchema.parse({
    ...summariseRuns(plan, runs, cifar10Claims, rowTitles),
    rows: tableRows(models),
    differences: rowDifferences(models),
    code: { ...code, commit: commitsOf(trained) },
    machine,
  });
}

async function trainedRows({ runs }: StudyPlan, out: string): Promise<TrainedRow[]> {
  const rows = await Promise.all(
    runs.map(async (run) => {
      const finished = await finishedRun(runFolder(out, run));
      return finished && { run, ...finished };
    }),
  );
  return rows.filter((row) => row !== undefined);
}

/** The commits that the runs were started with; null where none is known. */
function commitsOf(trained: readonly TrainedRow[]): string | null {
  const commits = trained
    .map(({ record }) => record.code.commit)
    .filter((commit) => commit !== null);
  return [...new Set(commits)].join(', ') || null;
}
