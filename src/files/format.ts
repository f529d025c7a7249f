import { RequestError } from '../errors.ts';
import { packageVersion } from '../package.ts';

/**
 * A kind of thing that is kept, and how its shape changed from release to release. One rule holds
 * for all of them (`docs/formats.md`):
 *
 * - What is kept says its `format`, a whole number from 1; where it says none, it is 1.
 * - What an older reader could take for something else is a new format: one more `upgrade`. An entry
 *   that may be missing, because a default stands for it, is not.
 * - A reader reads its own format and every older one, which it brings up to date in memory: what lies
 *   on the disk stays as it is.
 * - A reader refuses a newer one, and changes nothing.
 * - A cache of any other format than the reader's is made anew without a word.
 */
export interface Format<Content> {
  /** As a message calls one: `run record`. */
  readonly name: string;
  /** One function a step: the first takes a content of format 1 to format 2. */
  readonly upgrades: readonly ((older: Content) => Content)[];
}

/** The entries of a JSON object. */
export type Entries = Record<string, unknown>;

/** The newest number of a format: the one that is written. */
export const newestFormat = <Content>({ upgrades }: Format<Content>): number => upgrades.length + 1;

/** What was made by a newer release: whole, and nothing that this one may pass over or repair. */
export class NewerFormatError extends RequestError {}

/** Entries to be written, with the number of their format before them. */
export const numbered = <Content extends object>(format: Format<Entries>, content: Content) => ({
  format: newestFormat(format),
  ...content,
});

/**
 * A content of its format's newest number, whatever older one it was written under.
 *
 * @param number what the content says of its format
 * @param path where the content is, for messages
 * @throws NewerFormatError where the number is newer than this release knows
 * @throws RequestError where it is none
 */
export function upgraded<Content>(
  content: Content,
  number: unknown,
  format: Format<Content>,
  path: string,
): Content {
  const found = numberIn(number, path);
  if (found > newestFormat(format)) throw newer(found, format, path);
  return format.upgrades.slice(found - 1).reduce((older, upgrade) => upgrade(older), content);
}

/** Whether a cache is of the format's newest number; of any other, it is to be made anew. */
export const isNewest = <Content>(number: unknown, format: Format<Content>): boolean =>
  Number(number ?? 1) === newestFormat(format);

/** Numbers stand in JSON as such, in metadata as text. */
function numberIn(number: unknown = 1, path: string): number {
  const found = typeof number === 'string' ? Number(number) : number;
  if (typeof found === 'number' && Number.isSafeInteger(found) && found >= 1) return found;
  const rule = 'a format is a whole number from 1';
  throw new RequestError(
    `${path}: format ${JSON.stringify(number)}: ${rule}; put a copy of the file back`,
  );
}

function newer<Content>(found: number, format: Format<Content>, path: string): NewerFormatError {
  const known = `shakelab ${packageVersion()} reads formats up to ${newestFormat(format)}`;
  const remedy = 'install a newer shakelab (npm install shakelab@latest)';
  return new NewerFormatError(`${path}: ${format.name} of format ${found}; ${known}; ${remedy}`);
}
