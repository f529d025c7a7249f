import type { MixingPass } from '../src/mixing/law.ts';
import { parseMixing } from '../src/mixing/parse.ts';

/** A pass through the last but one of nine blocks, of two branches. */
export const usualPass: MixingPass = {
  seed: 1,
  step: 0,
  block: 7,
  blocks: 9,
  branches: 2,
  samples: 8192,
};

/** α and β of a law's draw; what the law leaves unwritten is NaN. */
export function drawLaw(text: string, change: Partial<MixingPass> = {}) {
  const pass = { ...usualPass, ...change };
  const law = parseMixing(text);
  const size = law.bands * pass.branches * pass.samples;
  const forward = new Float32Array(size).fill(Number.NaN);
  const backward = new Float32Array(size).fill(Number.NaN);
  law.draw(pass, forward, backward);
  return { forward, backward };
}

/** The coefficients of a law's evaluation, [bands][branches][samples]. */
export function evaluateLaw(text: string, change: Partial<MixingPass> = {}): Float32Array {
  const pass = { ...usualPass, ...change };
  const law = parseMixing(text);
  const out = new Float32Array(law.bands * pass.branches * pass.samples).fill(Number.NaN);
  law.evaluation(pass, out);
  return out;
}

/** One branch's coefficients of one band, [samples]. */
export function coefficientsOf(
  values: Float32Array,
  { band = 0, branch = 0, branches = 2, samples = usualPass.samples } = {},
): Float32Array {
  const first = (band * branches + branch) * samples;
  return values.slice(first, first + samples);
}

/** Mean and variance of a list. */
export function momentsOf(values: ArrayLike<number>): { mean: number; variance: number } {
  const list = Float64Array.from(values);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  const variance = list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length;
  return { mean, variance };
}

/**
 * Fails unless values have a mean, within five standard errors, and a variance, within a tenth.
 *
 * @throws Error naming what is off
 */
export function assertMoments(
  values: ArrayLike<number>,
  expected: { mean: number; variance: number },
): void {
  const { mean, variance } = momentsOf(values);
  const error = 5 * Math.sqrt(expected.variance / values.length) + 1e-6;
  const close = Math.abs(variance - expected.variance) <= 0.1 * expected.variance + 1e-9;
  if (Math.abs(mean - expected.mean) <= error && close) return;
  throw new Error(
    `mean ${mean} and variance ${variance}, not ${expected.mean} and ${expected.variance}`,
  );
}
