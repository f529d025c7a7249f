import type { Dataset } from '../data/dataset.ts';
import { readingVersionOf } from '../data/format.ts';
import { datasetDigest } from '../data/identity.ts';
import { option, RequestError } from '../errors.ts';
import { readRecord } from './folder.ts';
import type { RunRecord } from './record.ts';

/**
 * Checks that the data at hand are those that the run in a folder was begun with, and are read as
 * they were then.
 *
 * @throws RequestError where either has changed
 */
export async function checkData(folder: string, dataset: Dataset): Promise<void> {
  const record = await readRecord(folder);
  const { data } = record;
  checkReading(folder, record, readingVersionOf(dataset));
  const digest = datasetDigest(dataset);
  if (data.digest === undefined || data.digest === digest) return;
  const told = (train: number, test: number, hash: string): string =>
    `${train} training and ${test} test images, digest ${hash.slice(0, 12)}`;
  throw new RequestError(
    `${folder}: its data have changed: the run was begun with ` +
      `${told(data.train, data.test, data.digest)}; ${dataset.source} holds ` +
      `${told(dataset.train.count, dataset.test.count, digest)}; bring back the old data, name ` +
      `their place with ${option('dataFolder')}, or train a new run`,
  );
}

/**
 * Checks that a run's data were read as they are now.
 *
 * @param now the version of their reader
 * @throws RequestError where that has changed
 */
export function checkReading(folder: string, { data, code }: RunRecord, now: number): void {
  const begun = data.reading ?? 1;
  if (begun === now) return;
  throw new RequestError(
    `${folder}: its data are read in another way now: ${data.source} was read by version ` +
      `${begun} of the reader when the run was begun and is by version ${now} here, so that the ` +
      `same files give other values; use the shakelab that began the run (${code.shakelab}), or train a new one`,
  );
}
