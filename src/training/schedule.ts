/** Cosine from the base rate to 0 over all steps, without restart (Gastaldi 2017). */
export const cosine = (base: number, step: number, steps: number): number =>
  (base / 2) * (1 + Math.cos((Math.PI * step) / steps));
