import { layoutTitle } from '../../nets/titles.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { meanOf } from '../../statistics/estimate.ts';
import { trainingBatches } from '../../training/batches.ts';
import { trainingImages } from '../amount.ts';
import { pointName, pointsAt } from '../curves/findings.ts';
import { parseRecipe, withRecipe } from '../curves/recipes.ts';
import type { Point } from '../curves/summary.ts';
import { type StudyRun, seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import type { SamplesSettings } from './settings.ts';

/** A learning rate with a length in steps. */
export interface Setting {
  rate: number;
  length: number;
}

/** A setting with its errors on validation images, in percent, one a trial. */
export interface Tried extends Setting {
  errors: number[];
}

/**
 * The runs of a study that has trained those: of one size after the other first the trials, each of
 * which holds validation images back, then, with the setting that did best in them, the runs that train
 * on all images of the size and are tested. A trial's seed differs from those of the tested runs, and
 * so do its images.
 */
export function samplesRuns(settings: SamplesSettings, trained: readonly TrainedRun[]): StudyRun[] {
  const done = new Set(trained.map(({ run }) => run.id));
  const runs: StudyRun[] = [];
  for (const size of settings.sizes) {
    const points = pointsAt(settings, size);
    const trials = points.flatMap((point) => trialsOf(settings, point));
    runs.push(...trials);
    if (!trials.every(({ id }) => done.has(id))) break;
    const tested = points.flatMap((point) =>
      testedRuns(settings, point, bestSetting(triedSettings(settings, point, trained))),
    );
    runs.push(...tested);
    if (!tested.every(({ id }) => done.has(id))) break;
  }
  return runs;
}

/** All runs in that order, the tested ones of the mean of the lengths that are tried. */
export function foreseenRuns(settings: SamplesSettings): StudyRun[] {
  const { sizes, rates, lengths } = settings;
  const length = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
  return sizes.flatMap((size) => {
    const points = pointsAt(settings, size);
    return [
      ...points.flatMap((point) => trialsOf(settings, point)),
      ...points.flatMap((point) => testedRuns(settings, point, { rate: rates[0], length })),
    ];
  });
}

/** Every setting of a point with the errors of its trials, as far as they are trained. */
export function triedSettings(
  settings: SamplesSettings,
  point: Point,
  trained: readonly TrainedRun[],
): Tried[] {
  const errors = new Map(trained.map(({ run, result }) => [run.id, result.validationError]));
  return settingsToTry(settings).map((setting) => {
    const own = trialSeeds(settings).map((seed) => errors.get(trialId(point, setting, seed)));
    return { ...setting, errors: own.filter((error) => error !== undefined) };
  });
}

/** The setting with the lowest mean error; of equal ones the shorter, then that of the lower rate. */
export function bestSetting(tried: readonly Tried[]): Setting {
  const mean = ({ errors }: Tried) => meanOf(errors);
  const [{ rate, length }] = [...tried].sort(
    (a, b) => mean(a) - mean(b) || a.length - b.length || a.rate - b.rate,
  );
  return { rate, length };
}

/** The folder of the tested run of a point with a seed. */
export const testedId = (point: Point, seed: number): string => `${pointName(point)}.seed${seed}`;

function trialsOf(settings: SamplesSettings, point: Point): StudyRun[] {
  return settingsToTry(settings).flatMap((setting) =>
    trialSeeds(settings).map((seed) => ({
      ...{ id: trialId(point, setting, seed), model: pointTitle(point) },
      title: `trial of ${pointTitle(point)}: rate ${setting.rate}, ${setting.length} steps, seed ${seed}`,
      config: configOf(settings, point, setting, seed, settings.config.validation),
    })),
  );
}

function testedRuns(settings: SamplesSettings, point: Point, setting: Setting): StudyRun[] {
  return seedsUpTo(settings.seeds).map((seed) => ({
    ...{ id: testedId(point, seed), model: pointTitle(point) },
    title: `${pointTitle(point)}, seed ${seed}`,
    config: configOf(settings, point, setting, seed, 'none'),
  }));
}

/** The seed chooses the images too, so that all points of a size are paired by it. */
function configOf(
  { config: common }: SamplesSettings,
  { at: size, layout, recipe }: Point,
  { rate: learningRate, length }: Setting,
  seed: number,
  validation: string,
): RunConfig {
  const config = withRecipe(common, layout, parseRecipe(recipe));
  const images = { trainSize: size, subset: seed, validation };
  const epochs = epochsOf(length, trainingImages({ ...config, ...images }, size), config.batch);
  return { ...config, ...images, learningRate, epochs, seed, evaluateEvery: String(epochs) };
}

/** Epochs that come nearest to so many steps, at least one. */
const epochsOf = (steps: number, images: number, batch: number): number =>
  Math.max(1, Math.round(steps / trainingBatches(images, batch).length));

const settingsToTry = ({ rates, lengths }: SamplesSettings): Setting[] =>
  lengths.flatMap((length) => rates.map((rate) => ({ rate, length })));

/** Seeds after those of the tested runs. */
const trialSeeds = ({ seeds, trials }: SamplesSettings): number[] =>
  seedsUpTo(trials).map((trial) => seeds + trial);

const trialId = (point: Point, { rate, length }: Setting, seed: number): string =>
  `${pointName(point)}.rate${rate}.steps${length}.seed${seed}`;

/** `PreActBN, shaken, 256 images`. */
const pointTitle = ({ at: size, layout, recipe }: Point): string =>
  `${layoutTitle(layout)}, ${recipe}, ${size} images`;
