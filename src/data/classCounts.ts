import { type Naming, option, worded } from '../errors.ts';
import { wholeNumber } from '../text/text.ts';
import { visibleText } from '../text/visible.ts';
import type { Dataset, Split } from './dataset.ts';
import { classSizes } from './sampling/classSizes.ts';

/** How many samples of a class each split has. */
export interface ClassCount {
  name: string;
  train: number;
  test: number;
  /** left out where no split is set apart for it */
  validation?: number;
}

/** Counts every class's samples, in the order of the classes' numbers. */
export function countClasses({ classNames, train, test, validation }: Dataset): ClassCount[] {
  const sizesIn = ({ labels }: Split) => classSizes(labels, classNames.length);
  const [ofTrain, ofTest] = [train, test].map(sizesIn);
  const ofValidation = validation && sizesIn(validation);
  return classNames.map((name, label) => ({
    name,
    train: ofTrain[label],
    test: ofTest[label],
    ...(ofValidation && { validation: ofValidation[label] }),
  }));
}

/** Classes that differ by more than this are worth a warning. */
const mostRatio = 3;

/**
 * What a user should know where the largest class has more than three times the training samples of the
 * smallest that has any: accuracy then says little of the small one. Null where they do not differ so.
 *
 * @param nameOf what the options in it are called; their own names when left out
 */
export function unequalNote(classes: readonly ClassCount[], nameOf?: Naming): string | null {
  const sorted = classes.filter(({ train }) => train > 0).sort((a, b) => b.train - a.train);
  const [largest, smallest] = [sorted[0], sorted.at(-1)];
  if (!largest || !smallest || largest.train <= mostRatio * smallest.train) return null;
  const [most, least] = [largest, smallest].map(
    ({ name, train }) => `${wholeNumber(train)} of ${visibleText(name)}`,
  );
  const rule = 'the classes differ by more than 3 : 1';
  const remedy =
    `weigh them by ${option('classWeights')} auto, or show them alike by ` +
    `${option('sampling')} balanced`;
  return worded(`training samples: ${most}, ${least}: ${rule}; ${remedy}`, nameOf);
}
