import { option } from '../../errors.ts';
import type { ContainerOptions, SplitName } from './contents.ts';
import { refusal } from './refusal.ts';

/** What a field is for. */
export type Role = 'picture' | 'label';

/** The setting that names the field of a role. */
export const fieldOption = (role: Role | 'group'): string => option(`${role}Field`);

/** Names that people give pictures and labels, in small letters and without a split's name. */
const roleNames: Record<Role, string[]> = {
  picture: [
    ...['image', 'images', 'img', 'imgs', 'picture', 'pictures', 'photo', 'pixels', 'pixelvalues'],
    ...['x', 'data', 'features', 'input', 'inputs', 'imagebytes', 'bytes', 'path', 'filepath'],
    ...['file', 'filename', 'imagepath', '画像'],
  ],
  label: [
    ...['label', 'labels', 'y', 'target', 'targets', 'class', 'classes', 'classname', 'cls'],
    ...['category', 'finelabel', 'finelabels', 'labelidx', 'output', 'outputs'],
  ],
};

const splitWords: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
  t10k: 'test',
  eval: 'test',
};

/** The split that a word names, in any case: `TRAIN`, `valid`, `t10k`. */
export const splitOf = (word: string): SplitName | null =>
  Object.hasOwn(splitWords, word.toLowerCase()) ? splitWords[word.toLowerCase()] : null;

/**
 * The split that a cell of a column of splits names.
 *
 * @param where the line or row it stands in
 * @throws RequestError where it is called as none is
 */
export function splitNamed(word: string, where: string): SplitName {
  const split = splitOf(word);
  if (split) return split;
  throw refusal(where, `split ${word}, known are train, validation and test`, 'rename or drop it');
}

const splitFields = ['split', 'set', 'subset', 'partition', 'usage'];

/** Whether a column's name says that it names splits. */
export const isSplitField = (name: string): boolean => splitFields.includes(name.toLowerCase());

const splitInside = new RegExp(
  `^(.*?)(${Object.keys(splitWords)
    .sort((a, b) => b.length - a.length)
    .join('|')})(.*)$`,
  'i',
);

/** What a field's name says. */
export interface FieldName {
  role: Role | null;
  split: SplitName | null;
}

/** Reads `x_train`, `train_images`, `Y` or `testLabels`. */
export function readFieldName(name: string): FieldName {
  const [, before, word, after] = splitInside.exec(name) ?? [];
  const inner = word === undefined ? null : roleOf(before + after);
  if (inner) return { role: inner, split: splitOf(word) };
  return { role: roleOf(name), split: null };
}

function roleOf(name: string): Role | null {
  const plain = name.toLowerCase().replace(/[\s_.-]/g, '');
  for (const role of ['picture', 'label'] as const) {
    if (roleNames[role].includes(plain)) return role;
  }
  return null;
}

/** The split that a file's name tells of: `train-00000-of-00002.parquet`, `data/test.csv`. */
export function splitOfFile(path: string): SplitName | null {
  const name = path.split(/[/\\]/).at(-1)!;
  const words = name.split(/[^\p{L}\p{N}]+/u).map(splitOf);
  return words.find((split) => split !== null) ?? null;
}

/**
 * The one field of a role among those of a table: as asked, else by its name.
 *
 * @throws RequestError where there is none or more than one, naming the fields there are
 */
export function fieldOf(
  role: Role,
  names: readonly string[],
  options: ContainerOptions,
  subject: string,
): string {
  const asked = options[role];
  if (asked !== undefined) return askedField(role, asked, names, subject);
  const found = names.filter((name) => readFieldName(name).role === role);
  if (found.length === 1) return found[0];
  const exact = found.filter((name) => name.toLowerCase() === role);
  if (exact.length === 1) return exact[0];
  throw unclear(role, found, names, subject);
}

/** The same, or null where no name tells. */
export function fieldIfAny(
  role: Role,
  names: readonly string[],
  options: ContainerOptions,
  subject: string,
): string | null {
  const named = names.some((name) => readFieldName(name).role === role);
  return named || options[role] !== undefined ? fieldOf(role, names, options, subject) : null;
}

export function askedField(
  role: Role | 'group',
  asked: string,
  names: readonly string[],
  subject: string,
): string {
  if (names.includes(asked)) return asked;
  throw refusal(
    subject,
    `${fieldOption(role)} ${asked}: there is no such field for the ${role}`,
    `choose from ${names.join(', ')}`,
  );
}

/** The column of the groups, where one is asked for. @throws RequestError where there is no such column */
export const groupFieldOf = (
  names: readonly string[],
  { group }: ContainerOptions,
  subject: string,
): string | null => (group === undefined ? null : askedField('group', group, names, subject));

function unclear(role: Role, found: string[], names: readonly string[], subject: string) {
  const what =
    found.length === 0
      ? `no field is called a ${role}`
      : `${found.join(', ')} may each be the ${role}`;
  return refusal(
    subject,
    `${what}; it holds ${names.join(', ')}`,
    `name one by ${fieldOption(role)}`,
  );
}
