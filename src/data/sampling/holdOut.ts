import { option, RequestError } from '../../errors.ts';
import { randomStream } from '../../random/index.ts';
import { samplesOfClasses } from './classOrder.ts';
import { type Division, division, shuffled } from './division.ts';

/**
 * Holds out a share of the samples, of every class as nearly that share as whole samples allow, in
 * all the nearest whole number. Where it must choose, the classes that lose most by rounding down
 * give one more (largest remainders). A class of one sample is never held out.
 *
 * @param labels [count], each from 0 to classes − 1
 * @param share above 0 and below 1
 * @throws RequestError for another share, or one that would hold out nothing
 */
export function holdOutShare(
  labels: ArrayLike<number>,
  classes: number,
  share: number,
  seed: number,
): Division {
  if (!(share > 0 && share < 1))
    throw new RequestError(
      `${option('validation')} ${share}: must be a share above 0 and below 1, such as 0.1`,
    );
  const held = heldOf(labels, classes, share, seed);
  if (held.length === 0)
    throw new RequestError(
      `${option('validation')} ${share}: holds out none of ${labels.length} samples; take a larger share`,
    );
  return division(labels.length, held);
}

/**
 * Holds out so many of the samples, of every class in proportion, as `holdOutShare` does.
 *
 * @param labels [count], each from 0 to classes − 1
 * @param size from 1
 * @throws RequestError where a sample of every class cannot stay
 */
export function holdOutCount(
  labels: ArrayLike<number>,
  classes: number,
  size: number,
  seed: number,
): Division {
  const held = size < labels.length ? heldOf(labels, classes, size / labels.length, seed) : [];
  if (held.length === size) return division(labels.length, held);
  throw new RequestError(
    `${option('validation')} ${size}: of ${labels.length} training samples so many cannot be held out with one of ` +
      'every class left; take fewer',
  );
}

/** The samples that a share of every class are, drawn from the seed. */
function heldOf(labels: ArrayLike<number>, classes: number, share: number, seed: number): number[] {
  const stream = randomStream(seed, 'split/validation');
  const groups = samplesOfClasses(labels, classes);
  const sizes = apportion(
    groups.map(({ length }) => length),
    share,
  );
  return groups.flatMap((samples, k) => shuffled(samples, stream).slice(0, sizes[k]));
}

/** How many of each size make up the share of all, by largest remainders; never all of a size. */
function apportion(sizes: readonly number[], share: number): number[] {
  const parts = sizes.map((size) => Math.floor(share * size));
  const order = [...sizes.keys()].sort(
    (a, b) => share * sizes[b] - parts[b] - (share * sizes[a] - parts[a]) || sizes[b] - sizes[a],
  );
  let rest = Math.round(share * sum(sizes)) - sum(parts);
  for (const k of order) {
    if (rest <= 0 || parts[k] + 1 >= sizes[k]) continue;
    parts[k]++;
    rest--;
  }
  return parts;
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
