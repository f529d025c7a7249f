import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { type Entries, type Format, numbered, upgraded } from './format.ts';
import { mostBytes, readText, withoutMark } from './read.ts';

/** A kind of JSON file that this program writes and reads again. */
export interface DocumentKind<Content extends object> extends Format<Entries> {
  /** What the newest format's entries must be; those that it does not name are passed over. */
  readonly schema: z.ZodType<Content>;
  /** What to do about a damaged one. */
  readonly remedy: string;
}

/** The text of a document, its format first. */
export const documentText = <Content extends object>(
  kind: Format<Entries>,
  content: Content,
): string => `${JSON.stringify(numbered(kind, content), null, 2)}\n`;

/**
 * Reads a document.
 *
 * @param refusal words what the system says where it cannot be read; without it that is thrown itself
 * @throws RequestError where it is damaged, or of a newer format
 */
export async function readDocument<Content extends object>(
  path: string,
  kind: DocumentKind<Content>,
  refusal?: (error: NodeJS.ErrnoException) => RequestError,
): Promise<Content> {
  const text = await readText(path, mostBytes.document).catch((error) => {
    throw refusal && !(error instanceof RequestError) ? refusal(error) : error;
  });
  return parseDocument(text, kind, path);
}

/**
 * Parses the text of a document of the newest or any older format.
 *
 * @param path the file's, for messages
 * @throws RequestError where it is damaged, or of a newer format
 */
export function parseDocument<Content extends object>(
  text: string,
  kind: DocumentKind<Content>,
  path: string,
): Content {
  try {
    const entries = z.record(z.string(), z.unknown()).parse(JSON.parse(withoutMark(text)));
    return kind.schema.parse(upgraded(entries, entries.format, kind, path));
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RequestError(`${path}: the ${kind.name} is damaged; ${kind.remedy}\n${reason}`);
  }
}
