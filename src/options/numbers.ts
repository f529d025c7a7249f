/** The whole number from 1 on that a text is; undefined where it is none. */
export function wholeFromOne(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/** The number above 0 that a text is; undefined where it is none. */
export function aboveZero(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
