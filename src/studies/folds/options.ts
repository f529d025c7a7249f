import { type ConfigKey, configKeys } from '../../runs/fields.ts';
import {
  configOptions,
  count,
  dataFolder,
  outOption,
  type StudyHooks,
  text,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** Settings of the runs; which fold each is tested on is the study's own affair. */
export const foldedKeys = configKeys.filter(
  (key): key is Exclude<ConfigKey, 'fold'> => key !== 'fold',
);

export const foldsOptions = {
  folds: count('folds', 'count', 'folds of the training images', 5, '5'),
  repeats: count('repeats', 'count', 'times to divide the images anew', 1, '1'),
  dataFolder,
  ...configOptions(foldedKeys),
  configFile: text('config', 'file', 'take settings from a JSON file; flags override it'),
  out: outOption('runs/study-folds'),
  ...workOptions,
};

/** Left out, `folds` is 5 and `repeats` is 1; all others are those of a run. */
export type FoldsOptions = ValuesOf<typeof foldsOptions> & StudyHooks;
