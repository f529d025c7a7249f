import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { parseMixing } from '../mixing/index.ts';
import { imagesIn, netOf } from '../runs/describe.ts';
import type { RunRecord } from '../runs/record.ts';
import { trainingBatches } from '../training/batches.ts';
import { series, whole } from './schemas.ts';

/** Counts of the coefficients that a run drew at a step, all blocks, branches and images. */
export const coefficientsSchema = z
  .object({
    law: z.string(),
    step: whole,
    /** One more than there are counts. */
    edges: series,
    /** α, of the forward pass. */
    forward: z.array(whole),
    /** β, of the backward pass. */
    backward: z.array(whole),
  })
  .meta({ id: 'Coefficients' });

export type Coefficients = z.infer<typeof coefficientsSchema>;

const bins = 24;

/** Coefficients of a step that are drawn to be shown. */
const mostDrawn = 2_000_000;

/**
 * Histograms of the α and β that a run drew at a step. Nobody kept them: a law's draws follow from
 * seed, step and block, so they are drawn once more.
 *
 * @throws RequestError where there are too many of them
 */
export function drawnCoefficients(
  record: Pick<RunRecord, 'config' | 'images' | 'data'>,
  step: number,
): Coefficients {
  const { config, data } = record;
  const law = parseMixing(config.mixing);
  const { blocks } = netOf(config, imagesIn(record));
  const numbers =
    blocks.reduce((sum, { branches }) => sum + branches, 0) * law.bands * config.batch;
  if (numbers > mostDrawn) {
    const rule = `the studio draws at most ${mostDrawn}`;
    throw new RequestError(`batch ${config.batch}: ${numbers} coefficients a step; ${rule}`);
  }
  const steps = config.epochs * trainingBatches(data.train, config.batch).length;
  const drawn = blocks.map(({ branches }, block) => {
    const size = law.bands * branches * config.batch;
    const [forward, backward] = [new Float32Array(size), new Float32Array(size)];
    const place = { block, blocks: blocks.length, branches, samples: config.batch };
    law.draw({ seed: config.seed, step, progress: step / steps, ...place }, forward, backward);
    return { forward, backward };
  });
  const forward = drawn.flatMap((block) => Array.from(block.forward));
  const backward = drawn.flatMap((block) => Array.from(block.backward));
  const edges = edgesOf([...forward, ...backward]);
  const count = (values: number[]) => histogram(values, edges);
  return { law: law.name, step, edges, forward: count(forward), backward: count(backward) };
}

/** Equal bins over [0, 1], or from −1 where a law draws below 0. */
function edgesOf(values: readonly number[]): number[] {
  const least = values.some((value) => value < 0) ? -1 : 0;
  return Array.from({ length: bins + 1 }, (_, i) => least + ((1 - least) * i) / bins);
}

/** Values outside the edges count to the outermost bins. */
function histogram(values: readonly number[], edges: readonly number[]): number[] {
  const counts = Array<number>(bins).fill(0);
  const width = edges[1] - edges[0];
  for (const value of values) {
    const bin = Math.floor((value - edges[0]) / width);
    counts[Math.min(bins - 1, Math.max(0, bin))]++;
  }
  return counts;
}
