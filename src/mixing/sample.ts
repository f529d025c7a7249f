import type { MixingLaw } from './law.ts';

/** Draws of one coefficient of a law, and what stands in for them at evaluation. */
export interface LawSample {
  /** From 1, of so many. */
  block: number;
  blocks: number;
  forward: Float32Array;
  backward: Float32Array;
  evaluation: number;
}

/** Draws the first branch's coefficient of a block in so many steps of one image each. */
export function sampleLaw(
  law: MixingLaw,
  {
    block,
    blocks,
    branches,
    draws,
  }: { block: number; blocks: number; branches: number; draws: number },
): LawSample {
  const place = { block: block - 1, blocks, branches, samples: 1 };
  const [alpha, beta] = [1, 2].map(() => new Float32Array(law.bands * branches));
  const forward = new Float32Array(draws);
  const backward = new Float32Array(draws);
  for (let step = 0; step < draws; step++) {
    law.draw({ ...place, seed: 1, step }, alpha, beta);
    forward[step] = alpha[0];
    backward[step] = beta[0];
  }
  law.evaluation(place, alpha);
  return { block, blocks, forward, backward, evaluation: alpha[0] };
}
