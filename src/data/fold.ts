import { option, RequestError } from '../errors.ts';
import { plural } from '../text/text.ts';
import type { Dataset } from './dataset.ts';
import { groupedFolds, membersOf, stratifiedFolds } from './sampling/folds.ts';
import { gather } from './subset.ts';

/** One of several stratified folds of the training images, which keep groups whole; all count from 1. */
export interface Fold {
  index: number;
  of: number;
  /** Which repetition: each divides the images anew. */
  repeat: number;
}

/** What a fold's text must be. */
export const foldRule =
  'the fold must be one of several, such as 2/5, or 2/5:3 in the third repeat; try 1/5';

/** All runs of a study divide alike, whatever their seeds, so that folds do not overlap. */
const divisionSeed = 1;

/** The fold that a text such as `2/5` or `2/5:3` names; null where it names none. */
export function parseFold(text: string): Fold | null {
  const match = /^([1-9]\d*)\/([1-9]\d*)(?::([1-9]\d*))?$/.exec(text);
  if (!match) return null;
  const [index, of, repeat] = [match[1], match[2], match[3] ?? 1].map(Number);
  return of >= 2 && index <= of ? { index, of, repeat } : null;
}

/** The one text of a fold. */
export const foldText = ({ index, of, repeat }: Fold): string =>
  `${index}/${of}${repeat === 1 ? '' : `:${repeat}`}`;

/**
 * Refuses more folds than there are images, or groups of them.
 *
 * @param asked the option that asks for so many, with its value
 * @throws RequestError
 */
export function refuseTooManyFolds({ train }: Dataset, folds: number, asked: string): void {
  const { count, groups } = train;
  const parts = groups ? membersOf(groups).length : count;
  if (folds <= parts) return;
  const what = plural(parts, groups ? 'group' : 'training image');
  const rule = `${what} cannot be divided into ${folds} folds, of which each needs one`;
  throw new RequestError(`${asked}: ${rule}; take 5 or 10 folds, or fewer`);
}

/**
 * The data with a fold of the training images in the test split's place, and the other folds to train
 * on; the test split is left out. Data that are divided so already are returned as they are.
 *
 * @param fold as `parseFold` reads it; null leaves the data as they are
 * @throws RequestError where there are fewer images, or groups of them, than folds, or the data are another fold
 */
export function foldOf(dataset: Dataset, fold: string | null): Dataset {
  const named = fold === null ? null : parseFold(fold);
  if (fold === (dataset.fold ?? null)) return dataset;
  if (dataset.fold !== undefined || fold === null || named === null) {
    const found = dataset.fold ?? 'none';
    throw new RequestError(`fold ${fold}: the data at hand are of fold ${found}; open them anew`);
  }
  const { train, classNames } = dataset;
  const { index, of, repeat } = named;
  refuseTooManyFolds(dataset, of, `${option('fold')} ${fold}`);
  const options = { folds: of, seed: divisionSeed, repetition: repeat - 1 };
  const { labels, groups } = train;
  const divisions = groups
    ? groupedFolds(labels, classNames.length, groups, options)
    : stratifiedFolds(labels, classNames.length, options);
  const division = divisions[index - 1];
  return {
    ...dataset,
    fold,
    train: gather(train, division.train),
    test: { ...gather(train, division.held), places: division.held },
  };
}
