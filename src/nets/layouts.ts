import { RequestError } from '../errors.ts';

const tokens = ['bn', 'relu', 'conv'] as const;

/** A step of a residual branch: batch normalisation, rectifier, or 3×3 convolution. */
export type Token = (typeof tokens)[number];

/** The order of the steps in a residual block (paper, Fig. 2). */
export interface Layout {
  /** A name of `namedLayouts` where one fits, else the string itself. */
  name: string;
  /** The steps of every branch, in order, before the mix. */
  branch: Token[];
  /** The steps after the addition of the skip path; only He's post-activation has one. */
  after: 'relu'[];
}

/** The layouts that the paper and its sources name. */
export const namedLayouts: Record<string, string> = {
  postact: 'conv bn relu conv bn + relu',
  'relu-preact': 'relu conv bn relu conv bn',
  preact: 'bn relu conv bn relu conv',
  'preact-bn': 'bn relu conv bn relu conv bn',
  'bn-shake': 'relu conv relu conv bn',
};

/**
 * Reads a layout: a name of `namedLayouts`, or tokens such as `bn relu conv bn relu conv bn`,
 * with `+ relu` at the end for a ReLU after the addition.
 *
 * @throws RequestError pointing at the token that does not fit
 */
export function parseLayout(text: string): Layout {
  const spelled = Object.hasOwn(namedLayouts, text)
    ? namedLayouts[text]
    : text.trim().replace(/\s+/g, ' ');
  const words = spelled.split(' ');
  const plus = words.indexOf('+');
  const branch = words.slice(0, plus < 0 ? undefined : plus);
  const after = plus < 0 ? [] : words.slice(plus + 1);
  for (const [index, word] of branch.entries()) checkToken(words, word, index);
  if (plus >= 0 && (after.length !== 1 || after[0] !== 'relu')) {
    fail(words, plus, 'only one relu may follow the addition', 'end the layout with + relu');
  }
  checkConvolutions(words, branch);
  return { name: nameOf(spelled), branch: branch as Token[], after: after as 'relu'[] };
}

function checkToken(words: string[], word: string, index: number): void {
  if (tokens.includes(word as Token)) return;
  const names = Object.keys(namedLayouts).join(', ');
  fail(words, index, `a step is one of ${tokens.join(', ')}`, `or name a layout: ${names}`);
}

function checkConvolutions(words: string[], branch: string[]): void {
  const places = branch.flatMap((word, index) => (word === 'conv' ? [index] : []));
  const rule = 'a branch has one or two convolutions';
  if (places.length === 0) fail(words, Math.max(0, branch.length - 1), rule, 'add a conv');
  if (places.length > 2) fail(words, places[2], rule, 'leave out this conv');
}

function fail(words: string[], index: number, rule: string, remedy: string): never {
  const line = words.join(' ');
  const column = words.slice(0, index).join(' ').length + (index > 0 ? 1 : 0);
  const pointer = `${' '.repeat(column)}${'^'.repeat(Math.max(1, words[index].length))}`;
  throw new RequestError(`layout '${line}': ${rule}; ${remedy}\n  ${line}\n  ${pointer}`);
}

function nameOf(spelled: string): string {
  return Object.keys(namedLayouts).find((name) => namedLayouts[name] === spelled) ?? spelled;
}
