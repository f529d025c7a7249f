import { visibleText } from './visible.ts';

/** The width of a text, in whatever unit the room is measured in. */
export type WidthOf = (text: string) => number;

/** What stands where a text was cut. */
const ellipsis = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const lettersOf = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);
const lettersIn: WidthOf = (text) => lettersOf(text).length;

/**
 * A text, made visible, no longer than a width: where it is too long, its middle is left out, since names
 * of one family tell themselves apart at either end.
 *
 * @param widthOf the width of a text; by default its number of letters
 */
export function fitted(text: string, width: number, widthOf: WidthOf = lettersIn): string {
  const whole = visibleText(text);
  if (widthOf(whole) <= width) return whole;
  const letters = lettersOf(whole);
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const kept = (fits + tooMany) >> 1;
    if (widthOf(ends(letters, kept)) <= width) fits = kept;
    else tooMany = kept;
  }
  return ends(letters, fits);
}

/**
 * Names as `fitted` makes them, and no two alike: one like an earlier one is counted, `Canis…us (2)`, one of
 * nothing visible is called `(no name)`.
 *
 * @param width at least that of `… (2)`, with more digits where there are more alike
 */
export function fittedNames(
  names: readonly string[],
  width: number,
  widthOf: WidthOf = lettersIn,
): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const seen = visibleText(name) || '(no name)';
    let shown = fitted(seen, width, widthOf);
    for (let count = 2; taken.has(shown); count++) {
      const suffix = ` (${count})`;
      shown = fitted(seen, width - widthOf(suffix), widthOf) + suffix;
    }
    taken.add(shown);
    return shown;
  });
}

function ends(letters: readonly string[], kept: number): string {
  const behind = Math.floor(kept / 2);
  const start = letters.slice(0, kept - behind).join('');
  const end = letters.slice(letters.length - behind).join('');
  return start.trimEnd() + ellipsis + end.trimStart();
}
