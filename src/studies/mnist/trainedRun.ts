import type { EpochEvent } from '../../runs/metrics.ts';
import type { RunResult } from '../../runs/result.ts';
import type { RunEmbeddings } from '../embeddings.ts';
import type { StudyRun } from '../study.ts';

/** A run that is trained to its end, with all that a report needs of it. */
export interface TrainedRun {
  run: StudyRun;
  result: RunResult;
  epochs: EpochEvent[];
  embeddings: RunEmbeddings;
}
