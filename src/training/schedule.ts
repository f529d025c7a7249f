/** The learning rate of a step, by the recipe's base rate, from step 0 of so many. */
export type Schedule = (base: number, step: number, steps: number) => number;

/** Cosine from the base rate to 0 over all steps, without restart (Gastaldi 2017). */
export const cosine: Schedule = (base, step, steps) =>
  (base / 2) * (1 + Math.cos((Math.PI * step) / steps));

/**
 * The cosine after a warm-up: over the first share of the steps the rate rises to the base rate, as much
 * with every step (Goyal et al. 2017, arXiv:1706.02677).
 *
 * @param share from 0 to below 1; 0 is the cosine itself
 */
export const warmedUp =
  (share: number): Schedule =>
  (base, step, steps) => {
    const rising = Math.round(share * steps);
    return step < rising
      ? (base * (step + 1)) / rising
      : cosine(base, step - rising, steps - rising);
  };
