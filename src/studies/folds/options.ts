import {
  configFile,
  configOptions,
  count,
  dataFolder,
  keysBut,
  outOption,
  type StudyHooks,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** Settings of the runs; which fold each is tested on is the study's own affair. */
export const foldedKeys = keysBut(['fold']);

export const foldsOptions = {
  folds: count('folds', 'count', 'folds of the training images', 5, '5'),
  repeats: count('repeats', 'count', 'times to divide the images anew', 1, '1'),
  dataFolder,
  ...configOptions(foldedKeys),
  configFile,
  out: outOption('runs/study-folds'),
  ...workOptions,
};

/** Left out, `folds` is 5 and `repeats` is 1; all others are those of a run. */
export type FoldsStudyOptions = ValuesOf<typeof foldsOptions> & StudyHooks;
