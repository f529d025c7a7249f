import { describe, expect, test } from 'vitest';
import { errorAt, fitPowerLaw, type PowerLaw } from './powerLaw.ts';

const pointsOf = (law: PowerLaw) =>
  [5, 10, 20, 40].map((epochs) => [epochs, errorAt(law, epochs)] as const);

describe('the fitted power law', () => {
  test.each<PowerLaw>([
    { floor: 2, scale: 30, power: 0.6 },
    { floor: 0, scale: 12, power: 0.3 },
    { floor: 5, scale: 100, power: 1.5 },
  ])('is the one that the points lie on: %j', (law) => {
    const found = fitPowerLaw(pointsOf(law));
    expect(found.power).toBeCloseTo(law.power, 9);
    expect(found.floor).toBeCloseTo(law.floor, 6);
    expect(errorAt(found, 400)).toBeCloseTo(errorAt(law, 400), 6);
  });

  test('has no floor below 0, even where the points bend downwards', () => {
    const found = fitPowerLaw([
      [5, 40],
      [10, 30],
      [20, 15],
      [40, 5],
    ]);
    expect(found.floor).toBe(0);
    expect(errorAt(found, 1000)).toBeGreaterThan(0);
  });
});
