import { compactness } from '../analysis/compactness.ts';
import { coverage } from '../analysis/coverage.ts';
import { dispersion } from '../analysis/dispersion.ts';
import type { Embedding } from '../analysis/embedding.ts';
import { margin } from '../analysis/margin.ts';
import type { Classifier } from '../analysis/neuralCollapse.ts';
import { representation } from '../analysis/representation.ts';
import { classVectorsName } from '../heads/index.ts';
import type { EmbeddedSplit } from '../training/embed.ts';
import type { TrainingState } from '../training/state.ts';
import type { Trainer } from '../training/trainer.ts';

/** A trained run's embeddings: the cells that the paper's figures are made of. */
export interface Observations {
  /** Training samples in train mode, nothing updated. */
  trainMode: Embedding;
  /** Training samples in evaluate mode. */
  evaluateMode: Embedding;
  /** Test samples in evaluate mode. */
  test: Embedding;
  /** What the net's own head makes of the training samples in evaluate mode. */
  classifier: Classifier;
}

/** Follows the embedding of a run. */
export interface Watcher {
  /** Is told what is being embedded. */
  tell?(doing: string): void;
  /** Is given each cell: `train.train`, `train.evaluate` and `test.evaluate`. */
  keep?(cell: string, embedding: EmbeddedSplit): Promise<unknown>;
}

/** Embeds a trained run's images, nothing updated. */
export async function observe(
  trainer: Trainer,
  classes: number,
  { tell, keep }: Watcher = {},
): Promise<Observations> {
  const embed = async (split: 'train' | 'test', mode: 'train' | 'evaluate') => {
    tell?.(`embedding ${split === 'train' ? 'training' : 'test'} images in ${mode} mode`);
    const embedding = await trainer.embed(split, mode);
    await keep?.(`${split}.${mode}`, embedding);
    return { ...embedding, classes };
  };
  const trainMode = await embed('train', 'train');
  const evaluateMode = await embed('train', 'evaluate');
  const test = await embed('test', 'evaluate');
  const { predictions } = evaluateMode;
  const classVectors = classVectorsOf(await trainer.state());
  return { trainMode, evaluateMode, test, classifier: { predictions, classVectors } };
}

/** The class vectors of a run's head, [classes][features]; null where it has none. */
export const classVectorsOf = ({ tensors }: TrainingState): Float32Array | null =>
  tensors.get(classVectorsName)?.data ?? null;

/** The measures of a run's embeddings, as its summary keeps them. */
export function measureObservations({ trainMode, evaluateMode, test, classifier }: Observations) {
  const shares = (others: Embedding): { radius: number[]; within: number[] } => {
    const { radius, within } = compactness(trainMode, others);
    return { radius, within };
  };
  const { minimum, deviation, isotropy } = dispersion(trainMode);
  return {
    compactness: shares(evaluateMode),
    testCompactness: shares(test),
    coverage: coverage(trainMode, evaluateMode).mean,
    margin: margin(trainMode).mean,
    testMargin: margin(test).mean,
    angleDeviation: deviation,
    angleMinimum: minimum,
    isotropy,
    representation: representation(evaluateMode, test, classifier),
  };
}
