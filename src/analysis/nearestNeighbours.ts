import { checkSameSpace, type Embedding, samplesByClass } from './embedding.ts';
import { thin } from './thin.ts';

/** How neighbours vote, and among how many. */
export interface NeighbourOptions {
  /** Neighbours that vote. */
  neighbours?: number;
  /** At most so many references are kept, evenly spaced, to bound the time. */
  references?: number;
}

/**
 * The error of a k-nearest-neighbour classifier on an embedding, in percent: each query gets the
 * class that most of its nearest references have, by Euclidean distance, of several such classes
 * the one whose member is nearest. What a representation is worth without its own classifier.
 *
 * @param references samples with known labels, such as training samples in evaluate mode
 * @param queries samples to classify, such as test samples in evaluate mode
 * @throws RequestError if either is damaged or the two are not of one net
 */
export function neighbourError(
  references: Embedding,
  queries: Embedding,
  { neighbours = 5, references: limit = 10_000 }: NeighbourOptions = {},
): number {
  for (const embedding of [references, queries]) samplesByClass(embedding);
  checkSameSpace(references, queries);
  const known = thin(references, limit);
  const { dimensions, count, features, labels } = queries;
  let wrong = 0;
  for (let query = 0; query < count; query++) {
    const place = features.subarray(query * dimensions, (query + 1) * dimensions);
    if (vote(nearestLabels(known, place, neighbours)) !== labels[query]) wrong++;
  }
  return (100 * wrong) / count;
}

/** The labels of the nearest references, nearest first. */
function nearestLabels(
  { features, dimensions, count, labels }: Embedding,
  place: Float32Array,
  neighbours: number,
): number[] {
  const distances: number[] = [];
  const found: number[] = [];
  for (let reference = 0; reference < count; reference++) {
    let square = 0;
    for (let d = 0, at = reference * dimensions; d < dimensions; d++, at++) {
      const difference = features[at] - place[d];
      square += difference * difference;
    }
    if (found.length === neighbours && square >= distances[neighbours - 1]) continue;
    let rank = found.length;
    while (rank > 0 && distances[rank - 1] > square) rank--;
    distances.splice(rank, 0, square);
    found.splice(rank, 0, labels[reference]);
    if (found.length > neighbours) found.length = distances.length = neighbours;
  }
  return found;
}

/** The most frequent label; of equally frequent ones the first. */
function vote(labels: readonly number[]): number {
  const votes = new Map<number, number>();
  for (const label of labels) votes.set(label, (votes.get(label) ?? 0) + 1);
  return [...votes].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
