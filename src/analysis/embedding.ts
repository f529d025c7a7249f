import { RequestError } from '../errors.ts';

/** The features of a set of samples as one pass of a net computed them. */
export interface Embedding {
  /** [count][dimensions], sample after sample. */
  features: Float32Array;
  dimensions: number;
  count: number;
  /** [count], each from 0 to classes − 1. */
  labels: ArrayLike<number>;
  classes: number;
}

/**
 * The indices of every class's samples, [classes][samples of the class] in the embedding's order.
 *
 * @throws RequestError if there are no samples, shapes disagree, a label is out of range or a feature
 *   is not finite
 */
export function samplesByClass(embedding: Embedding): number[][] {
  checkShape(embedding);
  checkFinite(embedding);
  const groups: number[][] = Array.from({ length: embedding.classes }, () => []);
  for (let sample = 0; sample < embedding.count; sample++) {
    const group = groups[embedding.labels[sample]];
    if (!group) throw labelError(embedding, sample);
    group.push(sample);
  }
  return groups;
}

/**
 * Checks that two embeddings lie in the same space and have the same classes.
 *
 * @throws RequestError naming what differs
 */
export function checkSameSpace(first: Embedding, second: Embedding): void {
  for (const size of ['dimensions', 'classes'] as const) {
    if (first[size] !== second[size]) throw pairError(size, first[size], second[size]);
  }
}

/**
 * Checks that two embeddings hold the same samples, in the same order, in the same space.
 *
 * @throws RequestError naming what differs
 */
export function checkSameSamples(first: Embedding, second: Embedding): void {
  checkSameSpace(first, second);
  if (first.count !== second.count) throw pairError('count', first.count, second.count);
  for (let sample = 0; sample < first.count; sample++) {
    const [left, right] = [first.labels[sample], second.labels[sample]];
    if (left !== right) throw pairError(`label of sample ${sample}`, left, right);
  }
}

function checkShape({ features, dimensions, count, labels }: Embedding): void {
  if (count === 0)
    throw new RequestError(
      'embedding of no samples: it has nothing to measure; embed one at least',
    );
  if (features.length === count * dimensions && labels.length === count) return;
  throw new RequestError(
    `embedding of ${count} × ${dimensions}: it has ${features.length} features and ` +
      `${labels.length} labels, not ${count * dimensions} and ${count}; embed the samples again`,
  );
}

function checkFinite({ features, dimensions }: Embedding): void {
  const place = features.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return;
  throw new RequestError(
    `embedding, sample ${Math.floor(place / dimensions)}: feature ${place % dimensions} is ` +
      `${features[place]}, not a finite number; train with a lower learning rate`,
  );
}

function labelError({ labels, classes }: Embedding, sample: number): RequestError {
  return new RequestError(
    `embedding, sample ${sample}: label ${labels[sample]} is not between 0 and ${classes - 1}; ` +
      'give the number of classes of the dataset',
  );
}

function pairError(what: string, first: number, second: number): RequestError {
  return new RequestError(
    `embeddings to compare: ${what} ${first} and ${second} differ; ` +
      'embed the same split with the same net in both modes',
  );
}
