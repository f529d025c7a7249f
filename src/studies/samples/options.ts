import { usualRecipes } from '../curves/recipes.ts';
import {
  configFile,
  configOptions,
  count,
  dataFolder,
  keysBut,
  outOption,
  type StudyHooks,
  text,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** Settings that all of its runs have in common: those that the study neither varies nor decides. */
export const commonKeys = keysBut([
  ...(['layout', 'trainSize', 'subset', 'fold', 'epochs', 'learningRate', 'seed'] as const),
  ...(['evaluateEvery', 'patience'] as const),
]);

/** What stands where an option is left out. */
export const standards = {
  sizes: '256,512,1024,2048,4096,all',
  layouts: 'preact,preact-bn',
  recipes: usualRecipes,
  rates: '0.05,0.1,0.2',
  lengths: '1600,6400',
  seeds: 5,
  trials: 2,
  /** The images that trials are judged by: a fifth of those that there are. */
  validation: '0.2',
  out: 'runs/study-samples',
};

export const samplesOptions = {
  sizes: text('sizes', 'counts', 'numbers of training images, or all', standards.sizes),
  layouts: text('layouts', 'layouts', 'layouts of the branches', standards.layouts),
  recipes: text('recipes', 'recipes', 'ways to regularise, each alone', standards.recipes),
  rates: text('rates', 'rates', 'learning rates to choose from', standards.rates),
  lengths: text('lengths', 'steps', 'lengths of training to choose from', standards.lengths),
  seeds: count('seeds', 'count', 'seeds of every choice, each with images of its own', 5, '5'),
  trials: count('trials', 'count', 'seeds of every setting that is tried', 2, '2'),
  dataFolder,
  ...configOptions(commonKeys, standards),
  configFile,
  out: outOption(standards.out),
  ...workOptions,
};

/**
 * Lists are texts with commas between their entries: `sizes` is `256,1024,all`, `lengths` are steps. Left out, those of
 * the command's help hold; all others are those of a run.
 */
export type SamplesStudyOptions = ValuesOf<typeof samplesOptions> & StudyHooks;
