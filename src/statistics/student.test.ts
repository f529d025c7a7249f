import { describe, expect, test } from 'vitest';
import { studentQuantile, studentTail } from './student.ts';

describe('studentQuantile', () => {
  test.each([
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 3, 3.182],
    [0.95, 4, 2.776],
    [0.95, 9, 2.262],
    [0.99, 10, 3.169],
    [0.9, 29, 1.699],
    [0.95, 1000, 1.962],
  ])('%f with %i degrees of freedom is %f, as in printed tables', (confidence, freedom, t) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(t, 3);
  });

  test('lies between its neighbours for a broken number of degrees of freedom', () => {
    const [two, between, three] = [2, 2.5, 3].map((freedom) => studentQuantile(0.95, freedom));
    expect(between).toBeLessThan(two);
    expect(between).toBeGreaterThan(three);
  });
});

describe('studentTail', () => {
  test('undoes the quantile, whatever the sign', () => {
    const t = studentQuantile(0.95, 3.4);
    expect(studentTail(t, 3.4)).toBeCloseTo(0.05, 7);
    expect(studentTail(-t, 3.4)).toBeCloseTo(0.05, 7);
  });

  test('is 1 at 0, and 0 for a difference without any spread', () => {
    expect(studentTail(0, 2)).toBe(1);
    expect(studentTail(Number.POSITIVE_INFINITY, 2)).toBe(0);
    expect(studentTail(Number.NaN, 2)).toBe(1);
  });
});
