import { describe, expect, test } from 'vitest';
import { assertDistribution, assertUncorrelated } from '../../testkit/distribution.ts';
import { drawLaw, usualPass } from '../../testkit/drawLaw.ts';
import { parseMixing } from './parse.ts';

const one = usualPass;
const draw = drawLaw;

/** Draws of the first branch. */
function first(values: Float32Array, samples = one.samples): Float32Array {
  return values.slice(0, samples);
}

const uniform = (x: number) => x;

describe('shake-shake', () => {
  test('draws α and β of two branches uniformly, each pair adding up to 1', () => {
    for (const values of Object.values(draw('shake-shake'))) {
      assertDistribution(first(values), uniform);
      const second = values.slice(one.samples);
      expect(first(values).every((x, i) => Math.abs(x + second[i] - 1) < 2e-7)).toBe(true);
    }
  });

  test('α and β are independent', () => {
    const { forward, backward } = draw('shake-shake');
    assertUncorrelated(first(forward), first(backward));
    assertUncorrelated(forward.map(fold), backward.map(fold));
  });

  test.each([
    ['blocks', { block: 1 }],
    ['steps', { step: 1 }],
    ['seeds', { seed: 2 }],
  ])('%s are independent', (_, change) => {
    const here = draw('shake-shake');
    const there = draw('shake-shake', change);
    assertUncorrelated(first(here.forward), first(there.forward));
    assertUncorrelated(first(here.backward), first(there.backward));
    assertUncorrelated(first(here.forward), first(there.backward));
    assertUncorrelated(first(here.forward).map(fold), first(there.forward).map(fold));
  });

  test('samples are independent', () => {
    const alpha = first(draw('shake-shake').forward);
    for (const lag of [1, 2, 3, 16]) assertUncorrelated(alpha.slice(lag), alpha.slice(0, -lag));
  });

  test('one sample is independent over steps', () => {
    const steps = Array.from({ length: 5000 }, (_, step) =>
      draw('shake-shake', { step, samples: 1 }),
    );
    const alpha = steps.map(({ forward }) => forward[0]);
    const beta = steps.map(({ backward }) => backward[0]);
    assertDistribution(alpha, uniform);
    assertDistribution(beta, uniform);
    assertUncorrelated(alpha, beta);
    assertUncorrelated(alpha.slice(1), alpha.slice(0, -1));
  });

  test('is fixed by seed, step and block, whatever was drawn before', () => {
    const change = { seed: 7, step: 123, block: 4 };
    expect(draw('shake-shake', change)).toEqual(draw('shake-shake', change));
  });

  test('rises along its ramp from even to its whole strength, which it keeps', () => {
    const ramped = (progress?: number) =>
      draw('shake-shake:strength=0.8,ramp=0.5', { progress, samples: 64 });
    expect(new Set(ramped(0).forward)).toEqual(new Set([0.5]));
    expect(ramped(0.25)).toEqual(draw('shake-shake:strength=0.4', { samples: 64 }));
    const whole = draw('shake-shake:strength=0.8', { samples: 64 });
    for (const progress of [0.5, 0.9, 1, undefined]) expect(ramped(progress)).toEqual(whole);
  });

  test('gives a sample the same coefficients in a smaller batch', () => {
    const few = draw('shake-shake', { samples: 16 }).forward;
    const many = draw('shake-shake', { samples: 32 }).forward;
    expect(few).toEqual(Float32Array.of(...many.slice(0, 16), ...many.slice(32, 48)));
  });
});

/** Distance from 1/2: catches dependence that leaves the correlation at 0. */
const fold = (x: number) => Math.abs(x - 0.5);

describe('options', () => {
  const shaken = draw('shake-shake');
  const half = new Float32Array(2 * one.samples).fill(0.5);

  test('forward=even shakes backward only, as before', () => {
    expect(draw('shake-shake:forward=even')).toEqual({ ...shaken, forward: half });
  });

  test('backward=even shakes forward only, as before', () => {
    expect(draw('shake-shake:backward=even')).toEqual({ ...shaken, backward: half });
  });

  test('backward=keep uses α again', () => {
    const kept = { forward: shaken.forward, backward: shaken.forward };
    expect(draw('shake-shake:backward=keep')).toEqual(kept);
    expect(draw('shake-shake:forward=even,backward=keep')).toEqual(draw('even'));
  });

  test('strength=0.5 goes half the way from 1/N', () => {
    const { forward } = draw('shake-shake:strength=0.5', { branches: 3 });
    const full = draw('shake-shake', { branches: 3 }).forward;
    expect(forward.every((x, i) => Math.abs(x - (1 / 6 + full[i] / 2)) < 1e-6)).toBe(true);
  });

  test('level=batch shares one draw among the samples, and only among them', () => {
    const at = (step: number) =>
      draw('shake-shake:level=batch', { step, branches: 3, samples: 16 });
    const { forward, backward } = at(0);
    for (let branch = 0; branch < 3; branch++)
      expect(new Set(forward.slice(branch * 16, (branch + 1) * 16)).size).toBe(1);
    expect(forward[0] + forward[16] + forward[32]).toBeCloseTo(1, 6);
    expect(backward[0]).not.toBe(forward[0]);
    assertDistribution(
      Array.from({ length: 2000 }, (_, step) => at(step).forward[0]),
      (x) => 1 - (1 - x) ** 2,
    );
  });
});

test('a single branch counts 1, shaken or not', () => {
  expect(parseMixing('shake-shake').check).toBeUndefined();
  const { forward, backward } = draw('shake-shake', { branches: 1, samples: 64 });
  for (const x of [...forward, ...backward]) expect(x).toBeCloseTo(1, 6);
});
