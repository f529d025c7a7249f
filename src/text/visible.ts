/** All that shows no mark of its own or moves its neighbours, apart from the joiners of letters. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/**
 * Somebody's text on one line, fit for a terminal, a page and XML: control characters, those without a
 * glyph and halves of pairs as `\x1b` or `\u202e`, white space as single blanks, none at the ends.
 */
export function visibleText(text: string): string {
  const blanks = text.replace(/[\t\n\r]/g, ' ').replace(unseen, escaped);
  return blanks.replace(/\s+/gu, ' ').trim();
}

function escaped(character: string): string {
  const digits = character.codePointAt(0)!.toString(16);
  if (digits.length > 4) return `\\u{${digits}}`;
  return digits.length > 2 ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`;
}
