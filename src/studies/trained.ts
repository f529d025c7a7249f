import { inSlices } from '../files/slices.ts';
import { type FinishedRun, finishedRun } from '../runs/result.ts';
import { divergedRun } from './divergence.ts';
import { keepsEmbeddings, type RunEmbeddings, readEmbeddings } from './embeddings.ts';
import { readRecorded } from './evidence/recorded.ts';
import type { Findings } from './measures/measures.ts';
import { type Demands, runFolder, type StudyRun } from './study.ts';

/** A run of a study that is trained to its end, as its folder tells of it. */
export interface TrainedRun extends FinishedRun {
  run: StudyRun;
  /** Reads its embeddings; null where there are none, as in a study that embeds no images. */
  embeddings: (() => Promise<RunEmbeddings>) | null;
  /** What was measured of its embeddings where they stayed behind, see `Recorded`. */
  findings?: Partial<Findings>;
}

/** Those runs of the study in `out` that are trained, and embedded where they should be. */
export async function trainedRuns(
  demands: Demands,
  runs: readonly StudyRun[],
  out: string,
): Promise<TrainedRun[]> {
  const all = await inSlices(runs, (run) => trainedRun(demands, run, runFolder(out, run)));
  return all.filter((run) => run !== undefined);
}

async function trainedRun(
  { embeds, enduresDivergence }: Demands,
  run: StudyRun,
  folder: string,
): Promise<TrainedRun | undefined> {
  const diverged = enduresDivergence && (await divergedRun(folder));
  const finished = diverged || (await finishedRun(folder));
  if (!finished) return undefined;
  if (!embeds) return { run, ...finished, embeddings: null };
  if (keepsEmbeddings(folder)) {
    return { run, ...finished, embeddings: () => readEmbeddings(folder) };
  }
  const recorded = await readRecorded(folder);
  return recorded ? { run, ...finished, embeddings: null, findings: recorded.findings } : undefined;
}
