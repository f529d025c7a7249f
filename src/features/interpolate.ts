import { z } from 'zod';
import { family } from '../options/index.ts';
import { alongNeighbour, neighbourOptions } from './neighbours.ts';

/**
 * Interpolation: x' = x + λ (x_k − x), towards a neighbour of the class, λ = 0.5.
 *
 * Source: DeVries and Taylor, "Dataset augmentation in feature space", 2017.
 */
export const interpolate = family(
  {
    summary: 'features move towards a neighbour of their class',
    source: 'DeVries & Taylor 2017, arXiv:1702.05538',
    options: z.strictObject(neighbourOptions),
  },
  (name, { degree, neighbours }) => alongNeighbour(name, -degree, neighbours),
);
