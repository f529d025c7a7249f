/** How a text becomes a value. */
export interface Parser<Value> {
  /** Gives undefined where the text is none. */
  parse(text: string): Value | undefined;
  /** What the text must be, and an example. */
  rule: string;
}

/** Parses a whole number from 1 on. */
export const wholeFromOne = (example: number): Parser<number> => ({
  parse: (text) =>
    Number.isSafeInteger(Number(text)) && Number(text) >= 1 ? Number(text) : undefined,
  rule: `a whole number from 1; try ${example}`,
});

/** Parses a number above 0. */
export const aboveZero = (example: number): Parser<number> => ({
  parse: (text) => (Number.isFinite(Number(text)) && Number(text) > 0 ? Number(text) : undefined),
  rule: `a number above 0; try ${example}`,
});
