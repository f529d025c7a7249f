import type { Split } from '../../api/client.ts';
import type { SplitPlane } from '../../api/embedding.ts';

/** The labels of a split's samples. */
type Labels = SplitPlane['labels'];

/** A sample under the pointer, in every plot that shows it. */
export interface Pointed {
  split: Split;
  /** Of all samples of its split, by which plots of other data are told apart. */
  labels: Labels;
  sample: number;
}

/** Samples of a split that are marked in every plot that shows them. */
export interface Selection {
  split: Split;
  /** Of all samples of the split. */
  labels: Labels;
  /** [samples of the split], 1 where marked. */
  marked: Uint8Array;
  /** The places of those marked. */
  places: number[];
}

/** A selection of these samples; null where there are none. */
export function selectSamples(
  split: Split,
  { labels, count }: SplitPlane,
  places: number[],
): Selection | null {
  if (places.length === 0) return null;
  const marked = new Uint8Array(count);
  for (const place of places) marked[place] = 1;
  return { split, labels, marked, places };
}

/** Whether a plane shows these samples, and not as many others. */
export function shows({ labels, count }: SplitPlane, samples: Labels): boolean {
  if (labels === samples) return true;
  return count === samples.length && range(count).every((i) => labels[i] === samples[i]);
}

/** The samples of a class. */
export function samplesOfClass({ labels, count }: SplitPlane, index: number): number[] {
  return range(count).filter((sample) => labels[sample] === index);
}

/** The samples that at least one of the runs gets wrong. */
export function misclassified(planes: readonly SplitPlane[]): number[] {
  const [first] = planes;
  if (!first) return [];
  return range(first.count).filter((sample) => mistakes(planes, sample) > 0);
}

/** The samples in the order in which they are shown: first those that most runs get wrong. */
export function worstFirst(places: readonly number[], planes: readonly SplitPlane[]): number[] {
  return [...places].sort((a, b) => mistakes(planes, b) - mistakes(planes, a) || a - b);
}

/** How many of the runs get a sample wrong. */
export function mistakes(planes: readonly SplitPlane[], sample: number): number {
  return planes.filter(({ labels, predictions }) => labels[sample] !== predictions[sample]).length;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
