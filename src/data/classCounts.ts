import type { Dataset, Split } from './dataset.ts';

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
  const [ofTrain, ofTest] = [train, test].map((split) => counts(split, classNames.length));
  const ofValidation = validation && counts(validation, classNames.length);
  return classNames.map((name, label) => ({
    name,
    train: ofTrain[label],
    test: ofTest[label],
    ...(ofValidation && { validation: ofValidation[label] }),
  }));
}

function counts({ labels }: Split, classes: number): number[] {
  const found = new Array<number>(classes).fill(0);
  for (const label of labels) found[label]++;
  return found;
}
