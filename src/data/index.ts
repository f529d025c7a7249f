/**
 * `shakelab/data`: data sets by name and folders of one's own, opened, found, checked and fetched.
 *
 * @module
 */
export type { Dataset, OpenOptions, Split } from './dataset.ts';
export { listDatasets, openDataset } from './datasets.ts';
export { datasetDigest } from './identity.ts';
export { DatasetUnavailableError } from './obtain.ts';
