import { type Claim, judgeClaims, type ModelTitles } from './claims.ts';
import { measureEmbeddings } from './measures/measures.ts';
import { groupByModel } from './models.ts';
import type { StudyPlan } from './plan.ts';
import { type Summary, type SummaryRun, summarySchema } from './summary.ts';
import type { TrainedRun } from './trained.ts';

/** The summary of those runs of a study that are trained, and the claims held against them. */
export async function summariseRuns(
  { runs: planned, settings: _, ...plan }: StudyPlan,
  trained: readonly TrainedRun[],
  claims: readonly Claim[],
  titles?: ModelTitles,
): Promise<Summary> {
  const runs: SummaryRun[] = [];
  for (const run of trained) runs.push(await summariseRun(run));
  return summarySchema.parse({
    ...plan,
    runs,
    planned: planned.length,
    claims: judgeClaims(claims, groupByModel(runs), titles),
    finishedAt: new Date().toISOString(),
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    ...originOf(trained),
  });
}

async function summariseRun(trained: TrainedRun) {
  const { run, result, epochs, record, embeddings, findings } = trained;
  const { id, model, config } = run;
  const { parameters, trainLoss, trainError, testLoss, testError } = result;
  const { bestEpoch, validationError, imagesPerSecond, seconds } = result;
  const { train: trainCount, test: testCount } = record.data;
  return {
    ...{ id, model, ...config, parameters, trainCount, testCount },
    classes: record.images?.classNames.length,
    ...{ bestEpoch, validationError },
    ...{ trainLoss, trainError, testLoss, testError, imagesPerSecond, seconds, curve: epochs },
    ...(embeddings ? measureEmbeddings(await embeddings()) : findings),
  };
}

/** By what code and on what machine runs were trained; commits are those of all of them. */
export function originOf(trained: readonly TrainedRun[]): Pick<Summary, 'code' | 'machine'> {
  const { code, machine } = trained[trained.length - 1].record;
  const commits = trained.map(({ record }) => record.code.commit).filter((own) => own !== null);
  return { code: { ...code, commit: [...new Set(commits)].join(', ') || null }, machine };
}
