import type { Label } from './contents.ts';
import { refusal } from './refusal.ts';

/** More classes than this do not fit a label's 16 bits. */
const mostClasses = 65_536;

/** Labels as indices into the names of the classes, a list a split. */
export interface Classes {
  classNames: string[];
  labels: Uint16Array[];
}

/**
 * Makes classes of labels as they stand in a file. With names stated, a number is an index into
 * them and a text one of them. Without, every label of the first split is a class: numbers in their
 * order, called by their digits, or texts in the order of their code units.
 *
 * @param splits labels of the training split, then of the others
 * @param stated names of the classes by their numbers, or null
 * @throws RequestError for a label beyond the names stated, a class that the first split lacks,
 *   numbers beside texts, and fewer than two classes
 */
export function classesOf(
  splits: readonly (readonly Label[])[],
  stated: readonly string[] | null,
  subject: string,
): Classes {
  const keys = stated ? statedKeys(splits, stated) : foundKeys(splits[0], subject);
  const classNames = stated ? [...stated] : keys.map(String);
  refuseCount(classNames, subject);
  const index = new Map(keys.map((key, place) => [key, place]));
  const labels = splits.map((own) => new Uint16Array(own.length).map((_, at) => placeOf(own[at])));
  return { classNames, labels };

  function placeOf(label: Label): number {
    const place = index.get(label);
    if (place !== undefined) return place;
    const known = stated ? 'the classes stated are' : 'the training split has only';
    throw refusal(subject, `label ${label}, but ${known} ${listed(keys)}`, 'mend the labels');
  }
}

/** Numbers where labels are numbers, else the names. */
function statedKeys(splits: readonly (readonly Label[])[], stated: readonly string[]): Label[] {
  const texts = splits.some((labels) => labels.some((label) => typeof label === 'string'));
  return texts ? [...stated] : stated.map((_, place) => place);
}

function foundKeys(labels: readonly Label[], subject: string): Label[] {
  const keys = [...new Set(labels)];
  const texts = keys.filter((key) => typeof key === 'string');
  if (texts.length === keys.length) return texts.sort();
  if (texts.length === 0) return (keys as number[]).sort((a, b) => a - b);
  const what = `labels are numbers and texts (${keys.find((key) => typeof key === 'number')}, ${texts[0]})`;
  throw refusal(subject, what, 'write all in one way');
}

function refuseCount(names: readonly string[], subject: string): void {
  if (names.length >= 2 && names.length <= mostClasses) return;
  const rule = `a data set has 2 … ${mostClasses} classes`;
  throw refusal(
    subject,
    `${names.length} different labels (${listed(names)}), but ${rule}`,
    'check that the right field is taken for the label',
  );
}

/** Some of many, for an error. */
function listed(keys: readonly Label[]): string {
  const shown = keys.slice(0, 12).join(', ');
  return keys.length > 12 ? `${shown}, … (${keys.length} in all)` : shown;
}
