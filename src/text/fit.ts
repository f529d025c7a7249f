/** What stands where a text was cut. */
const ellipsis = '…';

/**
 * A text no longer than a width: where it is too long, its middle is left out, since names of one family
 * tell themselves apart at either end.
 *
 * @param widthOf the width of a text; by default its number of characters
 */
export function fitted(
  text: string,
  width: number,
  widthOf: (text: string) => number = (own) => [...own].length,
): string {
  if (widthOf(text) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 0; kept--) {
    const [head, tail] = [Math.ceil(kept / 2), Math.floor(kept / 2)];
    const shorter = [
      ...characters.slice(0, head),
      ellipsis,
      ...characters.slice(characters.length - tail),
    ];
    if (widthOf(shorter.join('')) <= width) return shorter.join('');
  }
  return ellipsis;
}
