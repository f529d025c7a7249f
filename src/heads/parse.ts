import { RequestError } from '../errors.ts';
import type { Head } from './head.ts';
import { softmax } from './softmax.ts';

/** Every head by name. */
const heads: Record<string, Head> = { softmax };

/**
 * Reads a head: its name.
 *
 * @throws RequestError where no head has this name
 */
export function parseHead(text: string): Head {
  if (Object.hasOwn(heads, text)) return heads[text];
  const names = Object.keys(heads).join(', ');
  throw new RequestError(`head '${text}': no head has this name; the heads are ${names}`);
}
