/**
 * `shakelab/data`: data sets by name and folders of one's own, opened, found, checked and fetched.
 *
 * @module
 */
export type { Augmentation } from './augmentation.ts';
export type {
  Dataset,
  DatasetName,
  DownloadProgress,
  ImageKind,
  OpenOptions,
  SearchOptions,
  Split,
} from './dataset.ts';
export { type DatasetListing, listDatasets, openDataset } from './datasets.ts';
export type { PassedOver, Reading } from './format.ts';
export { datasetDigest } from './identity.ts';
export type { Extent } from './image/range.ts';
export { DatasetUnavailableError } from './obtain.ts';
