import { stat } from 'node:fs/promises';
import { imagesIn } from '../runs/describe.ts';
import { predictionsPath, readPredictions } from '../runs/predictions.ts';
import { assess } from '../statistics/assessment.ts';
import { type TopPrediction, topPredictions } from '../statistics/predictions.ts';
import type { RunAssessment } from './assessments.ts';
import { Cache } from './cache.ts';
import { type ListedRun, requireRecord } from './library/listedRun.ts';

/** What follows from the predictions of a run. */
interface Assessed {
  assessment: RunAssessment;
  /** Of every test sample. */
  predictions: TopPrediction[];
}

/** Assessments that stay in memory. */
const mostKept = 8;

/** Assesses runs by the predictions that they keep, each once. */
export class Assessor {
  private readonly known = new Cache<Assessed | null>(mostKept);

  /** The assessment of a run; null where the run keeps no predictions. */
  async assess(run: ListedRun): Promise<Assessed | null> {
    const changed = await stat(predictionsPath(run.folder)).catch(() => null);
    if (!changed) return null;
    const key = `${run.folder} ${changed.mtimeMs}`;
    return this.known.get(key, () => assessRun(run));
  }
}

/** Null where the predictions went after they were seen. */
async function assessRun(run: ListedRun): Promise<Assessed | null> {
  const kept = await readPredictions(run.folder);
  if (!kept) return null;
  const { step, splits } = kept;
  const { test, validation } = splits;
  const { classNames } = imagesIn(requireRecord(run));
  const assessment = { step, classNames, ...assess(test, { validation }) };
  return { assessment, predictions: topPredictions(test) };
}

/** Why a run has no predictions: it keeps them at its end, and a release before that kept none. */
export function whyUnassessed({ summary }: ListedRun): string {
  return summary.state === 'finished'
    ? 'this run keeps no predictions of its images; `shakelab evaluate` with its folder makes and keeps them'
    : 'the classes are told apart once the run is trained to its end';
}
