import { permutation, randomStream } from '../../random/index.ts';
import type { ClassFile } from './classFolders.ts';

/**
 * Sets a share of every class's files apart for testing, drawn from a seed: of n files round(share
 * · n), but at least one and never all; of a class of one file none. The order of files stays.
 *
 * @param share above 0 and below 1
 */
export function holdOut(
  files: readonly ClassFile[],
  classNames: readonly string[],
  share: number,
  seed: number,
): { train: ClassFile[]; test: ClassFile[] } {
  const held = new Set<ClassFile>();
  for (const [label, name] of classNames.entries()) {
    const own = files.filter((file) => file.label === label);
    const count = Math.min(own.length - 1, Math.max(1, Math.round(share * own.length)));
    const order = permutation(randomStream(seed, `hold-out/${name}`), own.length);
    for (const place of order.subarray(0, count)) held.add(own[place]);
  }
  return {
    train: files.filter((file) => !held.has(file)),
    test: files.filter((file) => held.has(file)),
  };
}
