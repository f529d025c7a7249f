import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import { permutation, randomStream } from '../../random/index.ts';
import { classSizes } from '../sampling/classSizes.ts';
import { type Division, division } from '../sampling/division.ts';
import { holdOutGroups } from '../sampling/holdOutGroups.ts';
import type { ClassFile } from './classFiles.ts';

/** The class of each sample, and what belongs together, where that is known. */
interface Samples {
  labels: Uint16Array;
  groups?: readonly string[];
}

/**
 * Sets a share of every class's samples apart for testing, drawn from a seed: of n samples round(share
 * · n), but at least one and never all; of a class of one sample none. Where they have groups, whole ones,
 * as near to the share as these allow. The order of samples stays.
 *
 * @param share above 0 and below 1
 */
export function holdOut(
  { labels, groups }: Samples,
  classNames: readonly string[],
  share: number,
  seed: number,
): Division {
  if (groups) return holdOutGroups(labels, classNames.length, groups, { share, seed });
  const held: number[] = [];
  for (const [label, name] of classNames.entries()) {
    const own = placesOf(labels, label);
    const count = Math.min(own.length - 1, Math.max(1, Math.round(share * own.length)));
    const order = permutation(randomStream(seed, `hold-out/${name}`), own.length);
    for (const place of order.subarray(0, count)) held.push(own[place]);
  }
  return division(labels.length, held);
}

/** Where a class's samples stand. */
function placesOf(labels: Uint16Array, wanted: number): Uint32Array {
  const places = new Uint32Array(labels.length);
  let count = 0;
  for (let at = 0; at < labels.length; at++) if (labels[at] === wanted) places[count++] = at;
  return places.slice(0, count);
}

/** @throws RequestError for a class of one file, of which none can be held out */
export function refuseSingles(
  root: string,
  files: readonly ClassFile[],
  classNames: readonly string[],
): void {
  const labels = files.map(({ label }) => label);
  const single = classSizes(labels, classNames.length).indexOf(1);
  if (single < 0) return;
  throw new RequestError(
    `${join(root, classNames[single])}: the class has one file, of which none can be held out to test on; add files, ` +
      'remove the class, or set files apart in train/ and test/',
  );
}
