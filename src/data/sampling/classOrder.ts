import { permutation, type RandomStream, randomStream } from '../../random/index.ts';

/** The samples of every class, [classes][samples of the class], in the order of the labels. */
export function samplesOfClasses(labels: ArrayLike<number>, classes: number): Uint32Array[] {
  const groups: number[][] = Array.from({ length: classes }, () => []);
  for (let sample = 0; sample < labels.length; sample++) groups[labels[sample]].push(sample);
  return groups.map((samples) => Uint32Array.from(samples));
}

/**
 * The order of an epoch in which every class that has samples is seen as often, up to one: as many
 * places as there are samples, shared out evenly, so that small classes are repeated and of large ones
 * a part is left out. A class's samples come in random order, each once before any comes again. Which
 * samples an epoch leaves out changes with the epoch.
 *
 * The same for the same (seed, epoch, labels) for ever, so that a resumed run goes on exactly.
 */
export function balancedOrder(
  seed: number,
  epoch: number,
  labels: ArrayLike<number>,
  classes: number,
): Uint32Array {
  const stream = randomStream(seed, 'order/balanced', epoch);
  const present = samplesOfClasses(labels, classes).filter(({ length }) => length > 0);
  const turns = permutation(stream, present.length);
  const draws = present.map((samples) => endless(samples, stream));
  const chosen = Uint32Array.from(
    { length: labels.length },
    (_, place) => draws[turns[place % present.length]].next().value,
  );
  return permutation(stream, chosen.length).map((place) => chosen[place]);
}

/**
 * The order of an epoch in groups of `perClass` samples of a class, so that every sample of a batch, which is
 * a multiple of `perClass`, has partners of its class: for contrastive and triplet losses.
 * Classes take turns in random order, each once before any comes again; within a class likewise the
 * samples. A class with fewer samples than `perClass` repeats them.
 *
 * The same for the same (seed, epoch, labels) for ever, so that a resumed run goes on exactly.
 *
 * Source: the sampling of Hermans, Beyer and Leibe, "In defense of the triplet loss", 2017, section 2.
 *
 * @param perClass samples of a group, a whole number from 1
 * @returns whole groups, the fewest that have as many places as there are labels
 */
export function groupedOrder(
  seed: number,
  epoch: number,
  labels: ArrayLike<number>,
  { classes, perClass }: { classes: number; perClass: number },
): Uint32Array {
  const stream = randomStream(seed, 'order/grouped', epoch);
  const present = samplesOfClasses(labels, classes).filter(({ length }) => length > 0);
  const turns = endless(Uint32Array.from(present.keys()), stream);
  const draws = present.map((samples) => endless(samples, stream));
  const order = new Uint32Array(Math.ceil(labels.length / perClass) * perClass);
  for (let first = 0; first < order.length; first += perClass) {
    const own = draws[turns.next().value];
    for (let place = first; place < first + perClass; place++) order[place] = own.next().value;
  }
  return order;
}

/** Values in random order, and again in another, without end. */
function* endless(values: Uint32Array, stream: RandomStream): Generator<number, never> {
  for (;;) for (const place of permutation(stream, values.length)) yield values[place];
}
