import { family } from '../options/index.ts';
import { fillEvenly } from './fill.ts';
import type { MixingLaw } from './law.ts';

/** No randomness: every branch counts 1/N, forward, backward and at evaluation. */
export const even = family(
  {
    summary: 'the mean of the branches, without randomness',
    source: 'Xie et al. 2017, arXiv:1611.05431',
  },
  (name): MixingLaw => ({
    name,
    bands: 1,
    draw(pass, forward, backward) {
      fillEvenly(pass, forward);
      fillEvenly(pass, backward);
    },
    evaluation: fillEvenly,
  }),
);
