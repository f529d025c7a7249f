import { refusal } from './refusal.ts';

/**
 * The text that bytes are in UTF-8. Of other encodings letters would all become one sign, and classes one class.
 *
 * @throws RequestError naming the line that is none
 */
export function utf8Text(bytes: Uint8Array, subject: string): string {
  const text = textIfUtf8(bytes);
  if (text !== null) return text;
  const [first, second] = bytes;
  const wide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const what = wide ? 'is text in UTF-16' : `line ${wrongLine(bytes)} is no text in UTF-8`;
  throw refusal(subject, what, 'write it in UTF-8');
}

/** The same, or null where it is none. */
export function textIfUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function wrongLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (textIfUtf8(bytes.subarray(start, next)) === null) break;
    start = next;
  }
  return line;
}
