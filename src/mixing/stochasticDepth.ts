import { z } from 'zod';
import { family } from '../options/index.ts';
import { fillScaled } from './fill.ts';
import { drawGates, gateOptions, openChance } from './gate.ts';
import type { MixingLaw } from './law.ts';

/**
 * Stochastic depth: the block's residual is left out, forward and backward, with probability
 * 1 − p_l; evaluation scales it by p_l. The residual of N branches is their mean.
 *
 * Source: Huang, Sun, Liu, Sedra and Weinberger, "Deep networks with stochastic depth", 2016.
 */
export const stochasticDepth = family(
  {
    summary: 'leaves blocks out at random, deeper ones more often',
    source: 'Huang et al. 2016, arXiv:1603.09382',
    options: z.strictObject(gateOptions),
  },
  (name, chosen): MixingLaw => ({
    name,
    bands: 1,
    draw(pass, forward, backward) {
      fillScaled(pass, drawGates(pass, chosen), forward);
      backward.set(forward);
    },
    evaluation(block, forward) {
      const chance = openChance(block, chosen.last);
      fillScaled(block, new Float32Array(block.samples).fill(chance), forward);
    },
  }),
);
