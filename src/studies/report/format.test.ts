import { describe, expect, it } from 'vitest';
import type { SeedRun } from '../models.ts';
import { formatDuration, formatMeasure, formatStatistic, overSeeds } from './format.ts';

describe('formats', () => {
  it('writes measures with their digits, unit and a true minus', () => {
    expect(formatMeasure('testError', 1.306)).toBe('1.31\u202f%');
    expect(formatMeasure('margin', -0.254)).toBe('\u22120.25');
    expect(formatMeasure('coverage', null)).toBe('n/a');
  });

  it('writes a mean with its deviation where there is one', () => {
    expect(formatStatistic('coverage', { mean: 2, deviation: 0.126 })).toBe('2.00 ± 0.13');
    expect(formatStatistic('coverage', { mean: 2, deviation: null })).toBe('2.00');
    expect(formatStatistic('coverage', null)).toBe('n/a');
  });

  it('says what ± is, and over how few seeds a model may go', () => {
    const models = (...counts: number[]) =>
      counts.map((count) => ({ runs: Array<SeedRun>(count) }));
    expect(overSeeds(models(1, 1))).toBe('One seed each.');
    expect(overSeeds(models(3, 3))).toBe('Mean ± sample deviation over 3 seeds.');
    expect(overSeeds(models(3, 1))).toBe('Mean ± sample deviation over 1 to 3 seeds.');
  });

  it('writes durations in at most two units', () => {
    expect(
      ['0.4', '59.4', '59.6', '125', '4320', '3599.7'].map(Number).map(formatDuration),
    ).toEqual(['0 s', '59 s', '1 min 00 s', '2 min 05 s', '1 h 12 min', '1 h 00 min']);
  });
});
