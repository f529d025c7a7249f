import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.ts';

const known = new WeakMap<Dataset, string>();

/**
 * A SHA-256, in hexadecimal, that tells a data set from any other: of its files where those are
 * decoded, else of class names, labels and images.
 */
export function datasetDigest(dataset: Dataset): string {
  if (dataset.digest !== undefined) return dataset.digest;
  const digest = known.get(dataset) ?? digestOf(dataset);
  known.set(dataset, digest);
  return digest;
}

function digestOf({
  channels,
  height,
  width,
  classNames,
  train,
  test,
  validation,
}: Dataset): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ channels, height, width, classNames }));
  for (const { count, labels, images } of [train, test, ...(validation ? [validation] : [])]) {
    hash.update(JSON.stringify({ count, labels: Array.from(labels) })).update(images);
  }
  return hash.digest('hex');
}
