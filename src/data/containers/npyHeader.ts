import { refusal } from './refusal.ts';

/** A Python literal as far as the headers of .npy files have them. */
export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

/** Deeper nesting than any header has. */
const deepest = 16;

/**
 * Reads a Python literal made of dicts, lists, tuples, texts, whole numbers, True, False and None:
 * what numpy writes into a header. Nothing is evaluated.
 *
 * @throws RequestError naming the place where it is none
 */
export function readLiteral(text: string, subject: string): Literal {
  let at = 0;
  const value = read(0);
  skip();
  if (at < text.length) throw bad('goes on');
  return value;

  function read(depth: number): Literal {
    skip();
    if (depth > deepest) throw bad('is nested too deeply');
    const letter = text[at];
    if (letter === '{') return readDict(depth);
    if (letter === '(') return readList(')', depth);
    if (letter === '[') return readList(']', depth);
    if (letter === "'" || letter === '"') return readText(letter);
    return readWord();
  }

  function readDict(depth: number): Literal {
    const dict: { [key: string]: Literal } = Object.create(null);
    at++;
    while (!take('}')) {
      const key = read(depth + 1);
      if (typeof key !== 'string' || !take(':')) throw bad('has no key here');
      dict[key] = read(depth + 1);
      if (!take(',') && peek() !== '}') throw bad('lacks a comma');
    }
    return dict;
  }

  function readList(end: string, depth: number): Literal {
    const list: Literal[] = [];
    at++;
    while (!take(end)) {
      list.push(read(depth + 1));
      if (!take(',') && peek() !== end) throw bad('lacks a comma');
    }
    return list;
  }

  function readText(quote: string): string {
    const end = text.indexOf(quote, at + 1);
    if (end < 0) throw bad('has an open quote');
    const inner = text.slice(at + 1, end);
    if (inner.includes('\\')) throw bad('has an escaped letter');
    at = end + 1;
    return inner;
  }

  function readWord(): Literal {
    const [word] = /^(?:True|False|None|-?\d{1,16})L?/.exec(text.slice(at, at + 24)) ?? [];
    if (word === undefined) throw bad('is no literal');
    at += word.length;
    if (word === 'None') return null;
    return word === 'True' || word === 'False' ? word === 'True' : Number.parseInt(word, 10);
  }

  function skip(): void {
    while (at < text.length && /\s/.test(text[at])) at++;
  }

  function peek(): string | undefined {
    skip();
    return text[at];
  }

  function take(letter: string): boolean {
    if (peek() !== letter) return false;
    at++;
    return true;
  }

  function bad(what: string) {
    return refusal(subject, `the header, letter ${at}, ${what}`, 'write the file again with numpy');
  }
}
