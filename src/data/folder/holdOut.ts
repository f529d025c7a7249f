import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import { permutation, randomStream } from '../../random/index.ts';
import { holdOutGroups } from '../sampling/holdOutGroups.ts';
import type { ClassFile } from './classFolders.ts';

/**
 * Sets a share of every class's files apart for testing, drawn from a seed: of n files round(share
 * · n), but at least one and never all; of a class of one file none. Where files have groups, whole ones,
 * as near to the share as these allow. The order of files stays.
 *
 * @param share above 0 and below 1
 */
export function holdOut(
  files: readonly ClassFile[],
  classNames: readonly string[],
  share: number,
  seed: number,
): { train: ClassFile[]; test: ClassFile[] } {
  const held = files.every(({ group }) => group !== undefined)
    ? heldGroups(files, classNames.length, share, seed)
    : heldFiles(files, classNames, share, seed);
  return {
    train: files.filter((file) => !held.has(file)),
    test: files.filter((file) => held.has(file)),
  };
}

function heldFiles(
  files: readonly ClassFile[],
  classNames: readonly string[],
  share: number,
  seed: number,
): Set<ClassFile> {
  const held = new Set<ClassFile>();
  for (const [label, name] of classNames.entries()) {
    const own = files.filter((file) => file.label === label);
    const count = Math.min(own.length - 1, Math.max(1, Math.round(share * own.length)));
    const order = permutation(randomStream(seed, `hold-out/${name}`), own.length);
    for (const place of order.subarray(0, count)) held.add(own[place]);
  }
  return held;
}

function heldGroups(
  files: readonly ClassFile[],
  classes: number,
  share: number,
  seed: number,
): Set<ClassFile> {
  const [labels, groups] = [files.map(({ label }) => label), files.map(({ group }) => group!)];
  const { held } = holdOutGroups(labels, classes, groups, { share, seed });
  return new Set(Array.from(held, (place) => files[place]));
}

/** @throws RequestError for a class of one file, of which none can be held out */
export function refuseSingles(
  root: string,
  files: readonly ClassFile[],
  classNames: readonly string[],
): void {
  const counts = new Array<number>(classNames.length).fill(0);
  for (const { label } of files) counts[label]++;
  const single = classNames.find((_, label) => counts[label] === 1);
  if (single === undefined) return;
  throw new RequestError(
    `${join(root, single)}: the class has one file, of which none can be held out to test on; add files, ` +
      'remove the class, or set files apart in train/ and test/',
  );
}
