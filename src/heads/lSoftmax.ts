import { z } from 'zod';
import { family } from '../options/index.ts';
import { angularHead } from './angular.ts';
import { annealed, multipliedAngle, multipliedOptions } from './multipliedAngle.ts';

/**
 * Large-margin softmax: logits ‖w‖ ‖f‖ cos θ without bias, the label's with ψ(θ) instead of cos θ,
 * as if the angle were m times as wide. The plain cosine is blended in, less and less.
 *
 * Source: Liu, Wen, Yu and Yang, "Large-margin softmax loss for convolutional neural networks", 2016.
 */
export const lSoftmax = family(
  {
    summary: "multiplies the label's angle",
    source: 'Liu et al. 2016, arXiv:1612.02295',
    options: z.strictObject(multipliedOptions),
  },
  (name, chosen) =>
    angularHead({
      name,
      scale: 'norms',
      objective: { kind: 'multiplied-angle', ...chosen },
      margin: (step) => multipliedAngle(chosen.margin, annealed(chosen, step)),
    }),
);
