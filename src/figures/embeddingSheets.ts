import type { Embedding } from '../analysis/embedding.ts';
import { sharedSquare } from './limits.ts';
import type { Sheet } from './sheet.ts';

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

/** The sheet of the paper's Fig. 3, see `drawEmbeddingGrid`. */
export function embeddingGrid(
  models: readonly ModelEmbeddings[],
  classNames: readonly string[],
): Sheet {
  const columns = models.map(({ title, testError, train, test }) => ({
    heading: title,
    subheading: `test error ${testError.toFixed(2)} %`,
    embeddings: [train, test],
    square: sharedSquare([train, test]),
  }));
  const rowNames = ['Training samples, train mode', 'Test samples, evaluate mode'];
  return { columns, rowNames, classNames };
}

/** The sheet of the paper's Fig. 4, see `drawModes`. */
export function embeddingModes(
  modes: { trainMode: Embedding; evaluateMode: Embedding },
  classNames: readonly string[],
): Sheet {
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
  return { columns, rowNames: [], classNames };
}
