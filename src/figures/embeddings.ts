import type { Embedding } from '../analysis/embedding.ts';
import { principalPlane } from '../analysis/principal.ts';
import { embeddingGrid, embeddingModes, type ModelEmbeddings } from './embeddingSheets.ts';
import { sharedSquare } from './limits.ts';
import { drawSheet } from './sheetPng.ts';

export type { ModelEmbeddings } from './embeddingSheets.ts';

/**
 * The embeddings of several models (paper, Fig. 3): a column a model, above its training samples
 * in train mode, below its test samples in evaluate mode, both on one scale.
 *
 * @param classNames [classes]; short ones also mark the class centres
 * @returns a PNG
 * @throws RequestError if an embedding is damaged, empty or not 2-D
 */
export async function drawEmbeddingGrid(
  models: readonly ModelEmbeddings[],
  classNames: readonly string[],
): Promise<Buffer> {
  return drawSheet(embeddingGrid(models, classNames));
}

/**
 * The training samples of one model in train and in evaluate mode, side by side on one scale
 * (paper, Fig. 4).
 *
 * @param classNames [classes]; short ones also mark the class centres
 * @returns a PNG
 * @throws RequestError if an embedding is damaged, empty or not 2-D
 */
export async function drawModes(
  modes: { trainMode: Embedding; evaluateMode: Embedding },
  classNames: readonly string[],
): Promise<Buffer> {
  return drawSheet(embeddingModes(modes, classNames));
}

/** One model's samples as its passes see them. */
export interface Passes {
  /** Training samples in train mode. */
  trainMode: Embedding;
  /** Training samples in evaluate mode. */
  evaluateMode: Embedding;
  /** Test samples in evaluate mode. */
  test: Embedding;
}

/**
 * One model's training samples in both modes and its test samples, side by side on one scale. Of
 * more than two features the picture shows the plane of the two largest principal components of
 * the training samples in evaluate mode, and its axes say so.
 *
 * @param classNames [classes]; short ones also mark the class centres
 * @returns a PNG
 * @throws RequestError if an embedding is damaged, empty or of one dimension
 */
export async function drawPasses(passes: Passes, classNames: readonly string[]): Promise<Buffer> {
  const flat = passes.evaluateMode.dimensions === 2;
  const plane = flat ? null : principalPlane(passes.evaluateMode);
  const embeddings = [passes.trainMode, passes.evaluateMode, passes.test].map((embedding) =>
    plane ? plane.project(embedding) : embedding,
  );
  const square = sharedSquare(embeddings);
  const headings = ['Training samples', 'Training samples', 'Test samples'];
  const modes = ['train mode', 'evaluate mode', 'evaluate mode'];
  const columns = embeddings.map((embedding, i) => ({
    heading: headings[i],
    subheading: modes[i],
    embeddings: [embedding],
    square,
  }));
  const names = plane?.shares.map((share, k) => `PCA ${k + 1} (${share.toFixed(0)} % of variance)`);
  return drawSheet({
    columns,
    rowNames: names ? [names[1]] : [],
    classNames,
    axisName: names?.[0],
  });
}
