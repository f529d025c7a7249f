import { z } from 'zod';
import { family } from '../options/index.ts';
import { angularHead } from './angular.ts';
import { annealed, multipliedAngle, multipliedOptions } from './multipliedAngle.ts';

/**
 * SphereFace: logits ‖f‖ cos θ with class vectors of unit length, the label's with ψ(θ) instead of
 * cos θ. The plain cosine is blended in, less and less.
 *
 * Source: Liu, Wen, Yu, Li, Raj and Song, "SphereFace: deep hypersphere embedding", 2017.
 */
export const sphereFace = family(
  {
    summary: "multiplies the label's angle to class vectors of unit length",
    source: 'Liu et al. 2017, arXiv:1704.08063',
    options: z.strictObject(multipliedOptions),
  },
  (name, chosen) =>
    angularHead({
      name,
      scale: 'feature',
      objective: { kind: 'multiplied-angle', ...chosen },
      margin: (step) => multipliedAngle(chosen.margin, annealed(chosen, step)),
    }),
);
