import { existsSync } from 'node:fs';
import type { Embedding } from '../analysis/embedding.ts';
import type { Classifier } from '../analysis/neuralCollapse.ts';
import { classVectorsName } from '../heads/index.ts';
import { loadBest, loadCheckpoint } from '../runs/checkpoint.ts';
import { imagesIn } from '../runs/describe.ts';
import {
  areCurrent,
  checkpointTime,
  dateAs,
  embeddingPath,
  readEmbedding,
  type SplitEmbedding,
  writeEmbedding,
} from '../runs/embeddings.ts';
import { readRecord } from '../runs/folder.ts';
import { type ModelOptions, openRun } from '../runs/open.ts';
import { readSummary } from '../runs/summary.ts';
import { evaluationTensors } from '../training/state.ts';
import type { Trainer, TrainingState } from '../training/trainer.ts';

/** A trained run's images as its net embeds them: the cells that the paper's figures are made of. */
export interface RunEmbeddings {
  /** Training samples in train mode, nothing updated. */
  trainMode: Embedding;
  /** Training samples in evaluate mode. */
  evaluateMode: Embedding;
  /** Test samples in evaluate mode. */
  test: Embedding;
  /** What the net's own head makes of the training samples in evaluate mode. */
  classifier: Classifier;
}

/** The cells of a run's embeddings by the names of their files. */
const cells = ['train.train', 'train.evaluate', 'test.evaluate'] as const;

const files = cells.map((cell) => `${cell}.safetensors`);

type Cell = SplitEmbedding & Embedding;

/** A run's embeddings with what the net takes each image for. */
export type PredictedEmbeddings = RunEmbeddings &
  Record<'trainMode' | 'evaluateMode' | 'test', Cell>;

/**
 * Embeds a trained run's images, nothing updated.
 *
 * @param tell is told what is being embedded
 */
export async function embedRun(
  trainer: Trainer,
  classes: number,
  tell?: (doing: string) => void,
): Promise<PredictedEmbeddings> {
  const embed = async (split: 'train' | 'test', mode: 'train' | 'evaluate'): Promise<Cell> => {
    tell?.(`embedding ${split === 'train' ? 'training' : 'test'} images in ${mode} mode`);
    return { ...(await trainer.embed(split, mode)), classes };
  };
  const trainMode = await embed('train', 'train');
  const evaluateMode = await embed('train', 'evaluate');
  const test = await embed('test', 'evaluate');
  return gathered([trainMode, evaluateMode, test], await trainer.state());
}

/**
 * Embeds the images of the run in a folder and keeps the embeddings there.
 *
 * @param tell is told what is being embedded
 * @throws RequestError where the folder holds no run that can be opened
 */
export async function keepEmbeddings(
  folder: string,
  options: ModelOptions,
  tell?: (doing: string) => void,
): Promise<void> {
  const saved = await checkpointTime(folder);
  const { trainer, dataset } = await openRun(folder, options);
  try {
    const { trainMode, evaluateMode, test } = await embedRun(
      trainer,
      dataset.classNames.length,
      tell,
    );
    for (const [index, cell] of [trainMode, evaluateMode, test].entries()) {
      await writeEmbedding(folder, cells[index], cell);
    }
    await dateAs(saved, folder, files);
  } finally {
    trainer.close();
  }
}

/** Whether the embeddings that a run's folder keeps are those of its newest checkpoint. */
export function hasEmbeddings(folder: string): Promise<boolean> {
  return areCurrent(folder, files);
}

/** Whether a run's folder keeps embeddings, whatever checkpoint they are of. */
export const keepsEmbeddings = (folder: string): boolean =>
  cells.every((cell) => existsSync(embeddingPath(folder, cell)));

/** Reads what `keepEmbeddings` kept. @throws RequestError where a file is damaged */
export async function readEmbeddings(folder: string): Promise<PredictedEmbeddings> {
  const classes = imagesIn(await readRecord(folder)).classNames.length;
  const read = cells.map(async (cell) => ({ ...(await readEmbedding(folder, cell)), classes }));
  const [embeddings, state] = await Promise.all([Promise.all(read), embeddedState(folder)]);
  return gathered(embeddings, state);
}

/** The state that `keepEmbeddings` opens a run in; null where its checkpoint is kept no longer. */
async function embeddedState(folder: string): Promise<TrainingState | null> {
  const checkpoint = (await loadBest(folder)) ?? (await loadCheckpoint(folder));
  const chosen = (await readSummary(folder))?.bestStep;
  if (!checkpoint || (chosen !== undefined && checkpoint.state.step !== chosen)) return null;
  return checkpoint.state;
}

/** The class vectors of the head that features were made for are [classes][features]; some heads have none. */
function gathered(
  [trainMode, evaluateMode, test]: Cell[],
  state: TrainingState | null,
): PredictedEmbeddings {
  const { predictions } = evaluateMode;
  const classVectors = (state && evaluationTensors(state).get(classVectorsName)?.data) ?? null;
  return { trainMode, evaluateMode, test, classifier: { predictions, classVectors } };
}
