import { z } from 'zod';
import { family, numberOption, positiveOption } from '../options/index.ts';
import { angularHead } from './angular.ts';

const options = z.strictObject({
  margin: numberOption('must be a number from 0 on', (value) => value >= 0, 0.35),
  /** What cosines are multiplied by: 64 for thousands of faces, less for few classes. */
  scale: positiveOption(16),
});

/**
 * CosFace: logits s cos θ, the label's s (cos θ − m).
 *
 * Source: Wang et al., "CosFace: large margin cosine loss for deep face recognition", 2018.
 */
export const cosFace = family(
  {
    summary: "takes a margin off the label's cosine",
    source: 'Wang et al. 2018, arXiv:1801.09414',
    options,
  },
  (name, { margin, scale }) =>
    angularHead({
      name,
      scale,
      objective: { kind: 'lower-cosine', margin },
      margin: () => (cosine) => ({ value: cosine - margin, slope: 1 }),
    }),
);
