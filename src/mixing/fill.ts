import { z } from 'zod';
import type { MixingBlock } from './law.ts';

/** Writes 1/N for each of the N branches. */
export function fillEvenly({ branches }: MixingBlock, out: Float32Array): void {
  out.fill(1 / branches);
}

/** Weighs the branches' mean: writes values[sample] / N for each of the N branches. */
export function fillScaled(
  { branches, samples }: MixingBlock,
  values: ArrayLike<number>,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = values[i % samples] / branches;
}

/** An option: a draw for each image, or one that the whole batch shares. */
export const levelOption = z.enum(['image', 'batch']).default('image');

export type Level = z.output<typeof levelOption>;

/** A value for each of the samples, drawn at the level. */
export function drawnAt(level: Level, samples: number, draw: () => number): Float32Array {
  const shared = level === 'batch' ? draw() : 0;
  return Float32Array.from({ length: samples }, level === 'batch' ? () => shared : draw);
}
