import { z } from 'zod';
import { family, numberOption } from '../options/index.ts';
import { randomStream } from '../random/index.ts';
import { drawnAt, fillScaled, levelOption } from './fill.ts';
import { drawGates, gateOptions, openChance } from './gate.ts';
import type { MixingBlock, MixingLaw, MixingPass } from './law.ts';

const amplitude = () => numberOption('must be a number from 0 on', (value) => value >= 0, 1);

const options = z.strictObject({
  ...gateOptions,
  /** α is uniform on [−alpha, alpha]. */
  alpha: amplitude(),
  /** β is uniform on [0, beta]. */
  beta: amplitude(),
  level: levelOption,
});

type Options = z.output<typeof options>;

/**
 * ShakeDrop: the block's residual counts b + α − bα forward and b + β − bβ backward, with one gate
 * b ~ Bernoulli(p_l) for both: an open gate leaves it as it is, behind a closed one it is scaled at
 * random, even reversed. Evaluation takes the expectation, p_l. The residual of N branches is their
 * mean.
 *
 * Source: Yamada, Iwamura, Akiba and Kise, "ShakeDrop regularization for deep residual learning".
 */
export const shakeDrop = family(
  {
    summary: 'scales the residual at random, even reversed, more often in deeper blocks',
    source: 'Yamada et al. 2018, arXiv:1802.02375',
    options,
  },
  (name, chosen): MixingLaw => ({
    name,
    bands: 1,
    draw(pass, forward, backward) {
      const gates = drawGates(pass, chosen);
      const { alpha, beta } = chosen;
      const stretch = (of: number) => -alpha + 2 * alpha * of;
      fillGated(pass, 'forward', chosen, gates, stretch, forward);
      fillGated(pass, 'backward', chosen, gates, (of) => beta * of, backward);
    },
    evaluation(block: MixingBlock, forward) {
      const chance = openChance(block, chosen.last);
      fillScaled(block, new Float32Array(block.samples).fill(chance), forward);
    },
  }),
);

/** 1 behind an open gate, else a draw of the direction's own. */
function fillGated(
  pass: MixingPass,
  direction: 'forward' | 'backward',
  { level }: Options,
  gates: Float32Array,
  fromUniform: (uniform: number) => number,
  out: Float32Array,
): void {
  const stream = randomStream(pass.seed, `mixing/${direction}/${pass.block}`, pass.step);
  const scales = drawnAt(level, pass.samples, () => fromUniform(stream.uniform()));
  fillScaled(
    pass,
    scales.map((scale, sample) => (gates[sample] ? 1 : scale)),
    out,
  );
}
