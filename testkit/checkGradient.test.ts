import { describe, expect, test } from 'vitest';
import { checkGradient } from './checkGradient.ts';

const sumOfCubes = (x: Float64Array) => x.reduce((sum, value) => sum + value ** 3, 0);
const sumOfRelus = (x: Float64Array) => x.reduce((sum, value) => sum + Math.max(value, 0), 0);

const x = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i + 1) + 0.05);
const cubes = { name: 'cubes', f: sumOfCubes, x, gradient: x.map((value) => 3 * value ** 2) };

describe('a right gradient', () => {
  test('passes at every point', () => {
    const report = checkGradient(cubes);
    expect(report).toMatchObject({
      checked: 64,
      skipped: 0,
      text: 'cubes: 64 of 64 points checked',
    });
    expect(report.worstError).toBeLessThan(1e-8);
  });

  test('is sampled evenly, each point once, when fewer points are asked for', () => {
    const visited: number[] = [];
    const kinks = (index: number) => visited.push(index);
    checkGradient({ ...cubes, points: 4, kinks });
    expect(visited).toEqual([0, 16, 32, 48]);
    expect(checkGradient({ ...cubes, points: 1000 }).checked).toBe(64);
  });

  test('leaves x as it was', () => {
    const before = x.slice();
    checkGradient(cubes);
    expect(x).toEqual(before);
  });
});

describe('a wrong gradient fails', () => {
  const spoilt = (index: number, value: number) => cubes.gradient.with(index, value);

  test('at a single point, named with both values', () => {
    const gradient = spoilt(17, cubes.gradient[17] + 1e-4);
    expect(() => checkGradient({ ...cubes, gradient })).toThrow(
      /cubes: .* coordinate 17, .* 0.0001/,
    );
  });

  test('when it is zero, NaN or too short', () => {
    for (const gradient of [x.map(() => 0), spoilt(3, NaN), spoilt(3, Infinity), x.slice(1)])
      expect(() => checkGradient({ ...cubes, gradient })).toThrow(/^cubes: /);
  });

  test('when the function itself is not finite', () => {
    expect(() => checkGradient({ ...cubes, f: () => NaN })).toThrow(/difference quotient NaN/);
  });
});

describe('kinks', () => {
  const near = x.with(5, 4e-4).with(6, -9e-4).with(7, 0);
  const relu = {
    name: 'relu',
    f: sumOfRelus,
    x: near,
    gradient: near.map((value) => (value > 0 ? 1 : 0)),
    kinks: (index: number) => Math.abs(near[index]),
    step: 1e-3,
  };

  test('are skipped, and the report says so', () => {
    expect(checkGradient(relu).text).toBe('relu: 61 of 64 points checked, 3 within 1e-3 of 0');
  });

  test('break the check when nobody points them out', () => {
    expect(() => checkGradient({ ...relu, kinks: undefined })).toThrow(/relu: gradient/);
  });

  test('a check without a single point fails', () => {
    expect(() => checkGradient({ ...relu, kinks: () => 0 })).toThrow(/relu: 0 of 64 points/);
    expect(() => checkGradient({ ...cubes, x: [], gradient: [] })).toThrow(/0 of 0/);
    expect(() => checkGradient({ ...cubes, points: 0 })).toThrow(/0 of 0/);
  });

  test('a step wide enough to cross one is refused', () => {
    expect(() => checkGradient({ ...relu, step: 2e-3 })).toThrow(/step 0.002/);
    expect(() => checkGradient({ ...cubes, step: 0 })).toThrow(/step 0 /);
  });
});
