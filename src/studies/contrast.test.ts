import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../runs/fields.ts';
import { contrast } from './contrast.ts';
import { type JudgedContrast, judgeContrasts } from './family.ts';
import type { ModelRuns } from './models.ts';
import type { SummaryRun } from './summary.ts';

/** A model whose seeds 1, 2, 3 … have these test errors. */
function model(errors: number[], { testCount = 1e9, firstSeed = 1, classes = 10 } = {}): ModelRuns {
  const runs = errors.map((testError, index) => {
    const run = { ...defaultConfig, seed: firstSeed + index, testError, testCount, classes };
    return run as unknown as SummaryRun;
  });
  return { key: 'a.b', title: 'A', runs };
}

const held = (...request: Parameters<typeof contrast>) => contrast(...request)!;

const judged = (...request: Parameters<typeof contrast>): JudgedContrast =>
  judgeContrasts([held(...request)])[0];

describe('contrast', () => {
  it('pairs models of the same seeds', () => {
    const { tested, left, right } = held(model([10, 20, 30]), model([9, 19.1, 28.9]), 'testError');
    expect([tested.test, left, right]).toEqual(['paired', 20, 19]);
    expect(tested.difference).toBeCloseTo(1);
  });

  it('takes Welch’s test where the seeds differ', () => {
    const other = model([9, 19.1, 28.9], { firstSeed: 4 });
    expect(judged(model([10, 20, 30]), other, 'testError')).toMatchObject({
      test: 'welch',
      sign: 0,
    });
    expect(held(model([10, 20]), model([9, 9, 9]), 'testError').tested.test).toBe('welch');
  });

  it('holds every seed against a number', () => {
    const { test, difference, sign, effect } = judged(model([10, 10.2, 9.8]), 12, 'testError');
    expect([test, sign]).toEqual(['paired', -1]);
    expect(difference).toBeCloseTo(-2);
    expect(effect).toBeCloseTo(-10);
  });

  it('takes a factor, and shows the other mean without it', () => {
    expect(held(model([30]), model([10]), 'testError', 3)).toMatchObject({
      right: 10,
      tested: { difference: 0 },
    });
  });

  it('tells the permutation’s p of six paired seeds or more', () => {
    const ours = [10, 11, 12, 13, 14, 15];
    const theirs = ours.map((value, k) => value - 1 - 0.1 * k);
    // Of 64 choices of signs, all alike and all turned are as far.
    expect(judged(model(ours), model(theirs), 'testError').permuted).toBe(2 / 64);
    expect(judged(model(ours.slice(1)), model(theirs.slice(1)), 'testError')).not.toHaveProperty(
      'permuted',
    );
  });

  it('is null without the measure', () => {
    expect(contrast(model([1]), model([2]), 'coverage')).toBeNull();
  });
});

describe('judgeContrasts', () => {
  it('has no verdict of one seed, and says by how much others may deviate', () => {
    const { sign, unjudged, halfWidth, tolerances } = judged(model([10]), model([9]), 'testError');
    expect({ sign, unjudged, halfWidth }).toEqual({
      ...{ sign: null, unjudged: 'one seed', halfWidth: null },
    });
    expect(tolerances.map(({ seeds }) => seeds)).toEqual([3, 5, 10]);
    // d_z = 1 / 0.9898: ten seeds find a whole deviation with power 0.8 (G*Power: 0.8035 at 1.0).
    expect(tolerances[2].deviation).toBeCloseTo(1.0043, 2);
    expect(tolerances[0].deviation).toBeLessThan(tolerances[1].deviation);
  });

  it('has no verdict of seeds that agree to the last digit', () => {
    const same = judged(model([1, 1]), model([3, 3]), 'testError');
    expect(same).toMatchObject({
      sign: null,
      unjudged: 'no spread',
      halfWidth: null,
      effect: null,
    });
  });

  it('has no verdict of a net at chance, which does not count in the family', () => {
    const chance = held(model([90, 89.9], { testCount: 1e4 }), model([9, 9.1]), 'testError');
    const learns = held(model([9.3, 9.4, 9.5]), model([9, 9, 9.1]), 'testError');
    const [first, second] = judgeContrasts([chance, learns]);
    expect(first).toMatchObject({ sign: null, unjudged: 'at chance', adjusted: null });
    expect(second).toMatchObject({ family: 1, unjudged: null });
    expect(second.adjusted).toBe(second.probability);
  });

  it('corrects for the number of questions', () => {
    const one = held(model([9.3, 9.4, 9.5]), model([9, 9, 9.1]), 'testError');
    expect(judgeContrasts([one])[0].sign).toBe(1);
    const many = judgeContrasts(Array(20).fill(one));
    expect(many.map(({ sign }) => sign)).toEqual(Array(20).fill(0));
    expect(many[0].adjusted).toBeCloseTo(20 * many[0].probability!);
    expect(many[0].simultaneous!).toBeGreaterThan(3 * many[0].halfWidth!);
    expect(many[0].seedsToTell!).toBeGreaterThan(3);
  });

  it('goes no further than the finite test set allows', () => {
    const few = { testCount: 100 };
    const { sign, adjusted, samplingNoise } = judged(
      model([9.3, 9.4, 9.5], few),
      model([9, 9, 9.1], few),
      'testError',
    );
    expect(adjusted).toBeLessThan(0.05);
    expect(samplingNoise).toBeGreaterThan(5);
    expect(sign).toBe(0);
  });
});
