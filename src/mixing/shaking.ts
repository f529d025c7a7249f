import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { numberOption, shareOption } from '../options/index.ts';
import { randomStream } from '../random/index.ts';
import { fillEvenly, type Level, levelOption } from './fill.ts';
import type { MixedShape, MixingPass } from './law.ts';
import { fillFromSimplex } from './simplex.ts';

/** Gastaldi's options of shaking. */
export const shakingOptions = {
  forward: z.enum(['shake', 'even']).default('shake'),
  /** `keep` uses the forward pass's coefficients again. */
  backward: z.enum(['shake', 'even', 'keep']).default('shake'),
  level: levelOption,
  /** Share of the way from 1/N to the full range. */
  strength: numberOption('must be a number above 0 and at most 1', (x) => x > 0 && x <= 1, 1),
  /** Share of the training over which the strength rises from 0, as much with every step. */
  ramp: shareOption(0),
};

const options = z.strictObject(shakingOptions);
type Shaking = z.output<typeof options>;

/** Draws α and β of the branches as the options say; `band` keeps bands of an image independent. */
export function drawShaking(
  pass: MixingPass,
  { forward: ahead, backward: back, level, ...full }: Shaking,
  forward: Float32Array,
  backward: Float32Array,
  band?: number,
): void {
  const way = { level, strength: strengthAt(full, pass) };
  const place = band === undefined ? `${pass.block}` : `${pass.block}/${band}`;
  if (ahead === 'shake') drawSimplex(pass, `forward/${place}`, way, forward);
  else fillEvenly(pass, forward);
  if (back === 'shake') drawSimplex(pass, `backward/${place}`, way, backward);
  else if (back === 'even') fillEvenly(pass, backward);
  else backward.set(forward);
}

function strengthAt(
  { strength, ramp }: Pick<Shaking, 'strength' | 'ramp'>,
  { progress = 1 }: MixingPass,
): number {
  return progress < ramp ? (strength * progress) / ramp : strength;
}

/** Coefficients uniform on the branches' simplex, from a stream of their own. */
export function drawSimplex(
  { seed, step, branches, samples }: MixingPass,
  stream: string,
  { level, strength }: { level: Level; strength: number },
  out: Float32Array,
): void {
  const numbers = randomStream(seed, `mixing/${stream}`, step);
  if (level === 'image') fillFromSimplex(numbers, { branches, samples, strength }, out);
  else {
    const shared = new Float32Array(branches);
    fillFromSimplex(numbers, { branches, samples: 1, strength }, shared);
    shared.forEach((value, branch) => {
      out.fill(value, branch * samples, (branch + 1) * samples);
    });
  }
}

/** @throws RequestError where there is one branch: the only convex combination is itself */
export function needTwoBranches(name: string, { branches }: MixedShape): void {
  if (branches > 1) return;
  const remedy = 'use even, shake-drop or stochastic-depth, or a net of more branches';
  throw new RequestError(
    `mixing '${name}': blocks of one branch have nothing to shake, it mixes 2 or more; ${remedy}`,
  );
}
