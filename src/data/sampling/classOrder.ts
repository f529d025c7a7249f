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
 * The order of an epoch whose batches hold `perClass` samples of each of as many classes as fit, so that
 * every sample of a batch has partners of its class: for contrastive and triplet losses.
 * Classes take turns in random order, each once before any comes again; within a class likewise the
 * samples. A class with fewer samples than `perClass` repeats them.
 *
 * The same for the same (seed, epoch, labels) for ever, so that a resumed run goes on exactly.
 *
 * Source: the sampling of Hermans, Beyer and Leibe, "In defense of the triplet loss", 2017, section 2.
 *
 * @param batch samples of a batch, a multiple of `perClass`
 * @param perClass samples of a class in a batch
 * @returns whole batches only, as many samples as fit in the number of labels, at least one batch
 * @throws RangeError where a batch is not a multiple of `perClass`
 */
export function groupedOrder(
  seed: number,
  epoch: number,
  labels: ArrayLike<number>,
  { classes, batch, perClass }: { classes: number; batch: number; perClass: number },
): Uint32Array {
  if (!(Number.isInteger(batch / perClass) && perClass >= 1))
    throw new RangeError(`batch ${batch}: not a multiple of ${perClass} samples a class`);
  const stream = randomStream(seed, 'order/grouped', epoch);
  const present = samplesOfClasses(labels, classes).filter(({ length }) => length > 0);
  if (present.length === 0) return new Uint32Array();
  const turns = endless(Uint32Array.from(present.keys()), stream);
  const draws = present.map((samples) => endless(samples, stream));
  const batches = Math.max(1, Math.floor(labels.length / batch));
  const groups = Array.from({ length: (batches * batch) / perClass }, () => turns.next().value);
  return Uint32Array.from(
    groups.flatMap((k) => Array.from({ length: perClass }, () => draws[k].next().value)),
  );
}

/** Values in random order, and again in another, without end. */
function* endless(values: Uint32Array, stream: RandomStream): Generator<number, never> {
  for (;;) for (const place of permutation(stream, values.length)) yield values[place];
}
