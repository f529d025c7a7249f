import { z } from 'zod';
import { family } from '../options/index.ts';
import { fillEvenly } from './fill.ts';
import type { MixingLaw } from './law.ts';
import { drawShaking, shakingOptions } from './shaking.ts';

/**
 * Shake-Shake: α and β are drawn independently of each other, for every block, step and image,
 * uniformly on the simplex of the branches; with two branches α₁ is uniform on [0, 1] and
 * α₂ = 1 − α₁. Evaluation takes the mean, 1/N. A single branch is its own convex combination:
 * it always counts 1, as with `even`.
 *
 * Source: Gastaldi, "Shake-Shake regularization", 2017; paper, section 2.1 and Fig. 1.
 */
export const shakeShake = family(
  {
    summary: 'random convex combinations of the branches, others backward than forward',
    source: 'Gastaldi 2017, arXiv:1705.07485',
    options: z.strictObject(shakingOptions),
  },
  (name, chosen): MixingLaw => ({
    name,
    bands: 1,
    draw: (pass, forward, backward) => drawShaking(pass, chosen, forward, backward),
    evaluation: fillEvenly,
  }),
);
