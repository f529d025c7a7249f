import { option, RequestError } from '../../errors.ts';
import { permutation, randomStream } from '../../random/index.ts';
import { classSizes } from './classSizes.ts';
import { type Division, division } from './division.ts';
import { membersOf } from './folds.ts';

/** What of every class, and in all, a choice of groups holds, next to what it should. */
interface Filling {
  held: number[];
  wanted: number[];
  totals: number[];
}

/**
 * Holds out whole groups, so many that of every class, and in all, the share held out is near the one
 * asked for: groups come in random order, and each is held out that brings the shares nearer, by the
 * sum of squares of what they lack. No class loses its last sample.
 *
 * @param labels [count], each from 0 to classes − 1
 * @param groups [count], of any values
 * @param share above 0 and below 1
 * @throws RequestError where every group is too large a part of the samples, or of a class
 */
export function holdOutGroups(
  labels: ArrayLike<number>,
  classes: number,
  groups: ArrayLike<number | string>,
  { share, seed }: { share: number; seed: number },
): Division {
  const members = membersOf(groups);
  const totals = [...classSizes(labels, classes), labels.length];
  const filling = { held: totals.map(() => 0), wanted: totals.map((n) => share * n), totals };
  const held: number[] = [];
  for (const place of permutation(randomStream(seed, 'split/held groups'), members.length)) {
    const samples = members[place];
    const own = samples.map((sample) => labels[sample]);
    const counts = [...classSizes(own, classes), samples.length];
    if (!bringsNearer(filling, counts)) continue;
    counts.forEach((count, k) => {
      filling.held[k] += count;
    });
    held.push(...samples);
  }
  if (held.length > 0) return division(labels.length, held);
  throw new RequestError(
    `${option('groupField')}: of ${members.length} groups, kept whole, none can be held out as ${share} of ` +
      `${labels.length} samples, since each is too large a part, or has all of a class; make groups ` +
      'smaller, or take a larger share',
  );
}

/** Whether holding a group out leaves a sample of every class, and the shares nearer to those wanted. */
function bringsNearer({ held, wanted, totals }: Filling, counts: readonly number[]): boolean {
  let growth = 0;
  for (const [k, count] of counts.entries()) {
    if (count === 0) continue;
    if (held[k] + count >= totals[k]) return false;
    growth += (count * (count + 2 * (held[k] - wanted[k]))) / totals[k] ** 2;
  }
  return growth < 0;
}
