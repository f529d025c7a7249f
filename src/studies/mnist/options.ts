import { dataFolder, recipeOptions, type StudyHooks, text, type ValuesOf } from '../options.ts';

export const mnistOptions = {
  dataset: text(
    'dataset',
    'name',
    'mnist, digits or other data',
    'mnist, digits where it is missing',
  ),
  dataFolder,
  ...recipeOptions({
    epochs: 'as go over 120,000 images',
    seeds: '1',
    batch: '128',
    learningRate: '0.1',
    out: 'runs/study-mnist',
  }),
};

/**
 * Left out, `dataset` is MNIST, or the built-in digits where MNIST is not to be had; `epochs` are as
 * many as go over 120,000 images: 2 of MNIST, 10 of the digits; `seeds` is 1.
 */
export type MnistStudyOptions = ValuesOf<typeof mnistOptions> & StudyHooks;
