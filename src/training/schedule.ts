/** The learning rate of a step, by the recipe's base rate, from step 0 of so many. */
export type Schedule = (base: number, step: number, steps: number) => number;

/** Cosine from the base rate to 0 over all steps, without restart (Gastaldi 2017). */
export const cosine: Schedule = (base, step, steps) =>
  (base / 2) * (1 + Math.cos((Math.PI * step) / steps));
