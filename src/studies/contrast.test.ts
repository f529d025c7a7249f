import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../runs/fields.ts';
import { contrast } from './contrast.ts';
import type { ModelRuns } from './models.ts';
import type { SummaryRun } from './summary.ts';

/** A model whose seeds 1, 2, 3 … have these test errors. */
function model(errors: number[], { testCount = 1e9, firstSeed = 1 } = {}): ModelRuns {
  const runs = errors.map((testError, index) => {
    const run = { ...defaultConfig, seed: firstSeed + index, testError, testCount };
    return run as unknown as SummaryRun;
  });
  return { key: 'a.b', title: 'A', runs };
}

const held = (...request: Parameters<typeof contrast>) => contrast(...request)!;

describe('contrast', () => {
  it('pairs models of the same seeds', () => {
    const { test, difference, sign } = held(
      model([10, 20, 30]),
      model([9, 19.1, 28.9]),
      'testError',
    );
    expect([test, sign]).toEqual(['paired', 1]);
    expect(difference).toBeCloseTo(1);
  });

  it('takes Welch’s test where the seeds differ', () => {
    const other = model([9, 19.1, 28.9], { firstSeed: 4 });
    expect(held(model([10, 20, 30]), other, 'testError')).toMatchObject({ test: 'welch', sign: 0 });
    expect(held(model([10, 20]), model([9, 9, 9]), 'testError').test).toBe('welch');
  });

  it('knows no interval of a single seed, and goes by the finite test set', () => {
    const few = { testCount: 10_000 };
    const single = held(model([10], few), model([9], few), 'testError');
    expect(single).toMatchObject({ test: null, halfWidth: null, probability: null, sign: 1 });
    expect(single.samplingNoise).toBeCloseTo(2 * Math.sqrt(0.09 + 0.0819), 2);
    expect(held(model([10], few), model([9.5], few), 'testError').sign).toBe(0);
  });

  it('holds every seed against a number', () => {
    const { test, difference, sign } = held(model([10, 10.2, 9.8]), 12, 'testError');
    expect([test, sign]).toEqual(['paired', -1]);
    expect(difference).toBeCloseTo(-2);
  });

  it('takes a factor', () => {
    expect(held(model([30]), model([10]), 'testError', 3).difference).toBe(0);
  });

  it('is null without the measure', () => {
    expect(contrast(model([1]), model([2]), 'coverage')).toBeNull();
  });
});
