import { z } from 'zod';
import { family, shareOption } from '../options/index.ts';
import { randomStream } from '../random/index.ts';
import { drawnAt, levelOption } from './fill.ts';
import { drawGates, gateOptions, openChance } from './gate.ts';
import type { MixingLaw, MixingPass } from './law.ts';
import { drawSimplex, needTwoBranches } from './shaking.ts';

const options = z.strictObject({
  ...gateOptions,
  /** Chance that a drawn combination counts negatively. */
  negative: shareOption(0.25),
  level: levelOption,
});

type Options = z.output<typeof options>;

/**
 * Stochastic Shake-Shake: behind an open gate, with probability p_l, the branches are combined at
 * random as in Shake-Shake, but the whole convex combination may count negatively; behind a closed
 * one the shaking is relaxed to 1/N. Forward and backward share the gate and nothing else.
 * Evaluation takes the expectation, (1 − 2 · negative · p_l) / N.
 *
 * The publication leaves open how often a combination is negative and when shaking is relaxed; both
 * are options here.
 *
 * Source: Huang and Narayanan, "Stochastic Shake-Shake regularization for affective learning from
 * speech", Interspeech 2018.
 */
export const stochasticShakeShake = family(
  {
    summary: 'Shake-Shake with negative combinations, relaxed at random in deeper blocks',
    source: 'Huang & Narayanan 2018, doi:10.21437/Interspeech.2018-1327',
    options,
  },
  (name, chosen): MixingLaw => ({
    name,
    bands: 1,
    check: (block) => needTwoBranches(name, block),
    draw(pass, forward, backward) {
      const gates = drawGates(pass, chosen);
      fillSigned(pass, 'forward', chosen, gates, forward);
      fillSigned(pass, 'backward', chosen, gates, backward);
    },
    evaluation(block, forward) {
      const { last, negative } = chosen;
      forward.fill((1 - 2 * negative * openChance(block, last)) / block.branches);
    },
  }),
);

function fillSigned(
  pass: MixingPass,
  direction: 'forward' | 'backward',
  { level, negative }: Options,
  gates: Float32Array,
  out: Float32Array,
): void {
  const { seed, step, block, branches, samples } = pass;
  drawSimplex(pass, `${direction}/${block}`, { level, strength: 1 }, out);
  const stream = randomStream(seed, `mixing/${direction}/${block}/sign`, step);
  const signs = drawnAt(level, samples, () => (stream.bernoulli(negative) ? -1 : 1));
  for (let i = 0; i < out.length; i++) {
    const sample = i % samples;
    out[i] = gates[sample] ? signs[sample] * out[i] : 1 / branches;
  }
}
