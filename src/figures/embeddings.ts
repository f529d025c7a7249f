import type { Embedding } from '../analysis/embedding.ts';
import { sharedSquare } from './limits.ts';
import { drawSheet } from './sheet.ts';

/** One column of the grid of embeddings. */
export interface ModelEmbeddings {
  /** The model, such as `PreActBN with shaking`. */
  title: string;
  /** Percent. */
  testError: number;
  /** Training samples in train mode. */
  train: Embedding;
  /** Test samples in evaluate mode. */
  test: Embedding;
}

/**
 * The embeddings of several models (paper, Fig. 3): a column a model, above its training samples
 * in train mode, below its test samples in evaluate mode, both on one scale.
 *
 * @param classNames [classes]; short ones also mark the class centres
 * @returns a PNG
 * @throws RequestError if an embedding is damaged, empty or not 2-D
 */
export function drawEmbeddingGrid(
  models: readonly ModelEmbeddings[],
  classNames: readonly string[],
): Buffer {
  const columns = models.map(({ title, testError, train, test }) => ({
    heading: title,
    subheading: `test error ${testError.toFixed(2)} %`,
    embeddings: [train, test],
    square: sharedSquare([train, test]),
  }));
  const rowNames = ['Training samples, train mode', 'Test samples, evaluate mode'];
  return drawSheet({ columns, rowNames, classNames });
}

/**
 * The training samples of one model in train and in evaluate mode, side by side on one scale
 * (paper, Fig. 4).
 *
 * @param classNames [classes]; short ones also mark the class centres
 * @returns a PNG
 * @throws RequestError if an embedding is damaged, empty or not 2-D
 */
export function drawModes(
  modes: { trainMode: Embedding; evaluateMode: Embedding },
  classNames: readonly string[],
): Buffer {
  const square = sharedSquare([modes.trainMode, modes.evaluateMode]);
  const column = (subheading: string, embedding: Embedding) => ({
    heading: 'Training samples',
    subheading,
    embeddings: [embedding],
    square,
  });
  const columns = [
    column('train mode', modes.trainMode),
    column('evaluate mode', modes.evaluateMode),
  ];
  return drawSheet({ columns, rowNames: [], classNames });
}
