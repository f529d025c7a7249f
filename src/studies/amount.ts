import { parseFold } from '../data/fold.ts';
import type { RunConfig } from '../runs/fields.ts';
import type { StudyRun } from './study.ts';

/** What a run has to do among all that its study trains, in images × epochs. */
export interface Amount {
  /** Of the runs before it. */
  before: number;
  own: number;
  /** Of all runs of the study, as near as can be told of those that follow from what is found. */
  total: number;
}

/**
 * The images of an epoch: those of a subset, less a fold and those held out to choose by. A part that
 * the data set itself sets apart is not known here and counts as none.
 *
 * @param available training images of the data set
 */
export function trainingImages(
  { trainSize, fold, validation }: Pick<RunConfig, 'trainSize' | 'fold' | 'validation'>,
  available: number,
): number {
  const chosen = trainSize ?? available;
  const named = fold === null ? null : parseFold(fold);
  const divided = named ? chosen - Math.round(chosen / named.of) : chosen;
  return divided - heldOut(validation, divided);
}

/** Images of so many that a share or a count of `validation` holds out; none by its words. */
function heldOut(validation: string, images: number): number {
  const size = Number(validation);
  if (Number.isNaN(size)) return 0;
  return size < 1 ? Math.round(size * images) : size;
}

/**
 * The amounts of planned runs, by their names; as if no patience ended any.
 *
 * @param foreseen all runs in their order, see `Study.foreseen`
 * @param available training images of the data set
 */
export function amountsOf(
  planned: readonly StudyRun[],
  foreseen: readonly StudyRun[],
  available: number,
): Map<string, Amount> {
  const ownOf = ({ config }: StudyRun) => config.epochs * trainingImages(config, available);
  const sum = (runs: readonly StudyRun[]) => runs.reduce((total, run) => total + ownOf(run), 0);
  const total = sum(planned) + sum(foreseen.slice(planned.length));
  let before = 0;
  return new Map(
    planned.map((run) => {
      const amount = { before, own: ownOf(run), total };
      before += amount.own;
      return [run.id, amount];
    }),
  );
}
