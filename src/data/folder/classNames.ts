import { join } from 'node:path';
import { RequestError } from '../../errors.ts';

/** One name looks like another where they differ in the normal form of Unicode alone, as `é` and `e´`. */
const sameName = (one: string, other: string): boolean =>
  one !== other && one.normalize() === other.normalize();

/** A name with the code points of its accents and other letters beyond ASCII. */
const spelled = (name: string): string =>
  name.replace(
    /[^\x20-\x7e]/gu,
    (letter) => `\\u{${letter.codePointAt(0)!.toString(16).padStart(4, '0')}}`,
  );

const bothSpellings = (one: string, other: string): string =>
  `one class name in two normal forms of Unicode, ${spelled(one)} and ${spelled(other)}`;

/** @throws RequestError for fewer than two classes, and for two that are spelled alike */
export function refuseClassNames(folder: string, classNames: readonly string[]): void {
  if (classNames.length < 2) {
    const found = classNames.length === 0 ? 'no class folders' : `one class (${classNames[0]})`;
    throw new RequestError(
      `dataset ${folder}: holds ${found}; a data set needs a folder for each of two classes or more`,
    );
  }
  for (const name of classNames) {
    const twin = classNames.find((other) => sameName(name, other));
    if (twin === undefined) continue;
    throw new RequestError(
      `${folder}: holds ${bothSpellings(name, twin)}; put all files into one of the folders`,
    );
  }
}

/** @throws RequestError for a class that is none of those to train on */
export function refuseUnknownClasses(
  root: string,
  { train, own }: { train: string; own: string },
  classNames: readonly string[],
  found: readonly string[],
): void {
  const unknown = found.find((name) => !classNames.includes(name));
  if (unknown === undefined) return;
  const twin = classNames.find((name) => sameName(name, unknown));
  const what = twin
    ? `${train} and ${own} hold ${bothSpellings(twin, unknown)}; rename one`
    : `the class is not among those of ${train} (${classNames.join(', ')}); rename it, or add ` +
      join(root, train, unknown);
  throw new RequestError(`${join(root, own, unknown)}: ${what}`);
}
