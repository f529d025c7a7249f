import { z } from 'zod';
import { shareOption } from '../options/index.ts';
import { randomStream } from '../random/index.ts';
import { drawnAt, type Level } from './fill.ts';
import type { MixingBlock, MixingPass } from './law.ts';

/** Options of the laws with a gate that opens less often the deeper the block. */
export const gateOptions = {
  /** Chance p_L that the last block's gate is open. */
  last: shareOption(0.5),
  gate: z.enum(['batch', 'image']).default('batch'),
};

/**
 * Chance that the gate of block l of L is open: p_l = 1 − (l / L)(1 − p_L), l from 1.
 *
 * Source: Huang, Sun, Liu, Sedra and Weinberger, "Deep networks with stochastic depth", 2016.
 */
export const openChance = ({ block, blocks }: MixingBlock, last: number): number =>
  1 - ((block + 1) / blocks) * (1 - last);

/** For each sample 1 where the block's gate is open, else 0. */
export function drawGates(
  pass: MixingPass,
  { last, gate }: { last: number; gate: Level },
): Float32Array {
  const stream = randomStream(pass.seed, `mixing/gate/${pass.block}`, pass.step);
  const chance = openChance(pass, last);
  return drawnAt(gate, pass.samples, () => Number(stream.bernoulli(chance)));
}
