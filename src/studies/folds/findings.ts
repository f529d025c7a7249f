import { parseFold } from '../../data/fold.ts';
import { imagesIn } from '../../runs/describe.ts';
import { predictedClasses, readPredictions } from '../../runs/predictions.ts';
import { type Classification, classify, confusionMatrix } from '../../statistics/confusion.ts';
import { resampledDifference } from '../../statistics/difference.ts';
import { estimate } from '../../statistics/estimate.ts';
import type { TrainedRun } from '../trained.ts';
import type { FoldsSummary } from './summary.ts';

/**
 * The mean error of folds with its corrected resampled t interval: folds share their training images,
 * so that their errors are correlated, and an interval that took them for independent is too narrow.
 *
 * @param folds those that are trained, at least one: errors in percent, and the images that each is tested and
 *   trained on, less those held out to choose by
 */
export function foldedError(folds: readonly FoldRun[]) {
  const errors = folds.map(({ testError }) => testError);
  const { mean, deviation } = estimate(errors);
  const none = errors.map(() => 0);
  const ratio = sum(folds, 'testCount') / sum(folds, 'trainCount');
  const { halfWidth, standardError } = resampledDifference(errors, none, ratio);
  return { mean, deviation, halfWidth, standardError };
}

type FoldRun = Pick<FoldsSummary['runs'][number], 'testError' | 'testCount' | 'trainCount'>;

const sum = (folds: readonly FoldRun[], count: 'testCount' | 'trainCount'): number =>
  folds.reduce((total, fold) => total + fold[count], 0);

/** What the predictions of each repeat's folds say of all images; of those repeats that are whole. */
export async function pooledPredictions(
  trained: readonly TrainedRun[],
): Promise<Pick<FoldsSummary, 'pooled' | 'classes'>> {
  const repeatOf = ({ run }: TrainedRun) => parseFold(run.config.fold!)!.repeat;
  const repeats = [...new Set(trained.map(repeatOf))];
  const all = await Promise.all(
    repeats.map((repeat) => pool(trained.filter((run) => repeatOf(run) === repeat))),
  );
  const whole = all.flatMap((found, place) => (found ? [{ repeat: repeats[place], found }] : []));
  const { classNames } = imagesIn(trained[0].record);
  return {
    pooled: whole.map(({ repeat, found }) => pooledOf(repeat, found)),
    classes: whole[0]?.found.perClass.map(({ samples: images, ...own }, k) => ({
      ...{ name: classNames[k], images, recall: own.recall, precision: own.precision, f1: own.f1 },
    })),
  };
}

function pooledOf(repeat: number, { perClass, accuracy, balancedAccuracy }: Classification) {
  const samples = perClass.reduce((sum, own) => sum + own.samples, 0);
  return { repeat, samples, accuracy: accuracy!, balanced: balancedAccuracy };
}

/** Null where a fold of the repeat is not trained yet, or kept no predictions. */
async function pool(runs: readonly TrainedRun[]): Promise<Classification | null> {
  const { of } = parseFold(runs[0].run.config.fold!)!;
  const kept = await Promise.all(runs.map(({ result }) => readPredictions(result.folder)));
  const splits = kept.flatMap((one) => (one ? [one.splits.test] : []));
  if (splits.length < of) return null;
  const labels = splits.flatMap((split) => [...split.labels]);
  const predicted = splits.flatMap(predictedClasses);
  return classify(confusionMatrix(labels, predicted, splits[0].classes));
}
