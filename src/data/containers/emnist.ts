import { basename } from 'node:path';
import type { IdxTraits } from './idx.ts';
import { refusal } from './refusal.ts';

const digits = [...'0123456789'];
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const letters = capitals.map((letter) => letter.toLowerCase());

/** Letters whose small form is apart from the capital where alike ones are merged. */
const apart = [...'abdefghnqrt'];

/** The classes of EMNIST's six splits by their numbers (Cohen et al., 2017, table II). */
export const emnistClasses: Record<string, string[]> = {
  byclass: [...digits, ...capitals, ...letters],
  bymerge: [...digits, ...capitals, ...apart],
  balanced: [...digits, ...capitals, ...apart],
  letters,
  digits,
  mnist: digits,
};

const fileName = /^emnist-([a-z]+)-(train|test)-(images|labels)/;

/**
 * What is known of EMNIST's files by their names: rows and columns are exchanged, the letters count
 * from 1. Null for other files.
 *
 * @throws RequestError where several of the six splits lie together
 */
export function emnistTraits(paths: readonly string[]): IdxTraits | null {
  const splits = new Set(paths.map((path) => fileName.exec(basename(path))?.[1] ?? ''));
  const [split] = splits;
  if (splits.size > 1 && paths.some((path) => fileName.test(basename(path)))) {
    const what = `holds several data sets: ${[...splits].join(', ')}`;
    throw refusal(paths[0], what, 'keep the four files of one in a folder');
  }
  if (!split || !Object.hasOwn(emnistClasses, split)) return null;
  return {
    classNames: emnistClasses[split],
    transposed: true,
    firstLabel: split === 'letters' ? 1 : 0,
  };
}
