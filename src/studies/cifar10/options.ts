import {
  count,
  dataFolder,
  recipeOptions,
  type StudyHooks,
  text,
  toggle,
  type ValuesOf,
} from '../options.ts';

export const cifar10Options = {
  dataset: text('dataset', 'name', 'other data than cifar10'),
  dataFolder,
  /** Rows of Table 1 by name or group, see `parseRows`. */
  rows: text('rows', 'names', 'rows by name or group: all, shaken, controls', 'four rows'),
  /** The paper's recipe where nothing else is said. */
  full: toggle('full', "the paper's recipe: width 64, 1800 epochs, batch 128, lr 0.2"),
  width: count('width', 'channels', 'width W of the nets 26 2×Wd', 16, '16'),
  ...recipeOptions({
    epochs: '12',
    seeds: '3',
    batch: '64',
    learningRate: '0.1 × batch / 64',
    out: 'runs/study-cifar10',
  }),
};

/**
 * Left out, `dataset` is CIFAR-10, `epochs` and `batch` are those of a night, `seeds` is 3, and
 * `learningRate` is 0.1 at a batch of 64 and in proportion to the batch.
 */
export type Cifar10StudyOptions = ValuesOf<typeof cifar10Options> & StudyHooks;
