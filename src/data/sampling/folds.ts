import { RequestError } from '../../errors.ts';
import { permutation, randomStream } from '../../random/index.ts';
import { samplesOfClasses } from './classOrder.ts';
import { classSizes } from './classSizes.ts';
import { type Division, division, shuffled } from './division.ts';

/** How folds are made. */
export interface FoldOptions {
  /** How many, from 2. */
  folds: number;
  seed: number;
  /** Which repetition, from 0; each is another division of the same samples. */
  repetition?: number;
}

/**
 * Stratified k-fold: every sample is held out in one fold; of every class the folds hold as many
 * samples, up to one, and in all as many, up to one: a class goes on dealing where the one before it
 * stopped.
 *
 * @param labels [count], each from 0 to classes − 1
 * @throws RequestError where there are fewer than two folds, or fewer samples than folds
 */
export function stratifiedFolds(
  labels: ArrayLike<number>,
  classes: number,
  { folds, seed, repetition = 0 }: FoldOptions,
): Division[] {
  checkFolds(folds, labels.length, 'samples');
  const stream = randomStream(seed, 'split/folds', repetition);
  const dealt = samplesOfClasses(labels, classes).flatMap((samples) => shuffled(samples, stream));
  return Array.from({ length: folds }, (_, fold) =>
    division(
      labels.length,
      dealt.filter((_, place) => place % folds === fold),
    ),
  );
}

/**
 * Grouped k-fold: samples of one group, such as a patient's or a speaker's, are in one fold together.
 * Groups go, the largest first and equal ones in random order, each to the fold where it adds least to
 * the sum of squares of the folds' sizes and of their shares of each class.
 *
 * @param labels [count], each from 0 to classes − 1
 * @param groups [count], of any values
 * @throws RequestError where there are fewer than two folds, or fewer groups than folds
 */
export function groupedFolds(
  labels: ArrayLike<number>,
  classes: number,
  groups: ArrayLike<number | string>,
  { folds, seed, repetition = 0 }: FoldOptions,
): Division[] {
  const members = membersOf(groups);
  checkFolds(folds, members.length, 'groups');
  const stream = randomStream(seed, 'split/groups', repetition);
  const order = Array.from(permutation(stream, members.length), (place) => members[place]);
  order.sort((one, other) => other.length - one.length);
  const totals = [...classSizes(labels, classes), labels.length];
  const dealt = Array.from({ length: folds }, () => new DealtFold(totals));
  for (const samples of order) {
    const counts = classSizes(
      samples.map((sample) => labels[sample]),
      classes,
    );
    const shares = [...counts, samples.length];
    leastLoaded(dealt, shares).add(samples, shares);
  }
  return dealt.map(({ held }) => division(labels.length, held));
}

/** What one fold was dealt so far. */
class DealtFold {
  readonly held: number[] = [];
  private readonly filled: number[];
  private readonly totals: readonly number[];

  /** @param totals samples of each class, and of all */
  constructor(totals: readonly number[]) {
    this.totals = totals;
    this.filled = totals.map(() => 0);
  }

  /** By how much the sum of squared shares would grow. */
  growth(counts: readonly number[]): number {
    return counts.reduce((sum, count, k) => {
      if (count === 0) return sum;
      return sum + (count * (count + 2 * this.filled[k])) / this.totals[k] ** 2;
    }, 0);
  }

  add(samples: readonly number[], counts: readonly number[]): void {
    for (const sample of samples) this.held.push(sample);
    counts.forEach((count, k) => {
      this.filled[k] += count;
    });
  }
}

const leastLoaded = (folds: readonly DealtFold[], counts: readonly number[]): DealtFold =>
  folds.reduce((best, fold) => (fold.growth(counts) < best.growth(counts) ? fold : best));

/** The samples of every group, groups in the order of their first sample. */
export function membersOf(groups: ArrayLike<number | string>): number[][] {
  const members = new Map<number | string, number[]>();
  for (let sample = 0; sample < groups.length; sample++) {
    const own = members.get(groups[sample]) ?? [];
    own.push(sample);
    members.set(groups[sample], own);
  }
  return [...members.values()];
}

function checkFolds(folds: number, available: number, what: 'samples' | 'groups'): void {
  if (Number.isInteger(folds) && folds >= 2 && folds <= available) return;
  throw new RequestError(
    `folds ${folds}: must be a whole number from 2 to the ${available} ${what} that there are; ` +
      'take 5 or 10, or fewer',
  );
}
