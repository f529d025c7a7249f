import { z } from 'zod';
import { lawFamily, type MixingBlock } from './law.ts';

/** No randomness: every branch counts 1/N, forward, backward and at evaluation. */
export const even = lawFamily(z.strictObject({}), (name) => ({
  name,
  bands: 1,
  draw(pass, forward, backward) {
    fillEvenly(pass, forward);
    fillEvenly(pass, backward);
  },
  evaluation: fillEvenly,
}));

/** Writes 1/N for each of the N branches. */
export function fillEvenly({ branches, samples }: MixingBlock, out: Float32Array): void {
  out.fill(1 / branches, 0, branches * samples);
}
