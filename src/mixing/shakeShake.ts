import { z } from 'zod';
import { randomStream } from '../random/index.ts';
import { fillEvenly } from './even.ts';
import { lawFamily, type MixingPass } from './law.ts';
import { fillFromSimplex } from './simplex.ts';

const strength = 'must be a number above 0 and at most 1';

const options = z.strictObject({
  forward: z.enum(['shake', 'even']).default('shake'),
  /** `keep` uses the forward pass's coefficients again. */
  backward: z.enum(['shake', 'even', 'keep']).default('shake'),
  /** One draw for each image, or one that the whole batch shares. */
  level: z.enum(['image', 'batch']).default('image'),
  /** Share of the way from 1/N to the full range. */
  strength: z.coerce
    .number({ error: strength })
    .refine((value) => value > 0 && value <= 1, { error: strength })
    .default(1),
});

type Options = z.output<typeof options>;

/**
 * Shake-Shake: α and β are drawn independently of each other, for every block, step and image,
 * uniformly on the simplex of the branches; with two branches α₁ is uniform on [0, 1] and
 * α₂ = 1 − α₁. Evaluation takes the mean, 1/N.
 *
 * Source: Gastaldi, "Shake-Shake regularization", 2017; paper, section 2.1 and Fig. 1.
 */
export const shakeShake = lawFamily(options, (name, chosen) => ({
  name,
  bands: 1,
  draw(pass, forward, backward) {
    if (chosen.forward === 'shake') shake('forward', pass, chosen, forward);
    else fillEvenly(pass, forward);
    if (chosen.backward === 'shake') shake('backward', pass, chosen, backward);
    else if (chosen.backward === 'even') fillEvenly(pass, backward);
    else backward.set(forward);
  },
  evaluation: fillEvenly,
}));

/** One direction's coefficients, from a stream of its own. */
function shake(
  direction: 'forward' | 'backward',
  { seed, step, block, branches, samples }: MixingPass,
  { level, strength }: Options,
  out: Float32Array,
): void {
  const stream = randomStream(seed, `mixing/${direction}/${block}`, step);
  if (level === 'image') fillFromSimplex(stream, { branches, samples, strength }, out);
  else {
    const shared = new Float32Array(branches);
    fillFromSimplex(stream, { branches, samples: 1, strength }, shared);
    shared.forEach((value, branch) => {
      out.fill(value, branch * samples, (branch + 1) * samples);
    });
  }
}
