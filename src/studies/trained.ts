import { inSlices } from '../files/slices.ts';
import { type FinishedRun, finishedRun } from '../runs/result.ts';
import { divergedRun } from './divergence.ts';
import { keepsEmbeddings, type RunEmbeddings, readEmbeddings } from './embeddings.ts';
import { runFolder, type Study, type StudyRun } from './study.ts';

/** A run of a study that is trained to its end, as its folder tells of it. */
export interface TrainedRun extends FinishedRun {
  run: StudyRun;
  /** Reads its embeddings; null in a study that embeds no images. */
  embeddings: (() => Promise<RunEmbeddings>) | null;
}

/** Those runs of the study in `out` that are trained, and embedded where they should be. */
export async function trainedRuns(
  study: Pick<Study, 'embeds' | 'enduresDivergence'>,
  runs: readonly StudyRun[],
  out: string,
): Promise<TrainedRun[]> {
  const all = await inSlices(runs, (run) => trainedRun(study, run, runFolder(out, run)));
  return all.filter((run) => run !== undefined);
}

async function trainedRun(
  { embeds, enduresDivergence }: Pick<Study, 'embeds' | 'enduresDivergence'>,
  run: StudyRun,
  folder: string,
): Promise<TrainedRun | undefined> {
  const diverged = enduresDivergence && (await divergedRun(folder));
  const finished = diverged || (await finishedRun(folder));
  if (!finished || (embeds && !keepsEmbeddings(folder))) return undefined;
  return { run, ...finished, embeddings: embeds ? () => readEmbeddings(folder) : null };
}
