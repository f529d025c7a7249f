import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { noncentralTails } from './noncentral.ts';
import { studentTail } from './student.ts';

const { noncentral } = statisticsFixture('distributions');

test('the upper tail agrees with scipy’s', () => {
  assertClose(
    noncentral.map(([t, freedom, shift]) => noncentralTails(t, freedom, shift).upper),
    noncentral.map(([, , , upper]) => upper),
    { relative: 1e-11 },
  );
});

test('without a shift both tails are Student’s, down to small ones', () => {
  for (const [t, freedom] of [
    [0, 1],
    [1, 1],
    [3, 2.5],
    [12, 4],
    [5, 1e6],
  ]) {
    const { lower, upper } = noncentralTails(t, freedom, 0);
    expect(lower).toBe(upper);
    expect((2 * upper) / studentTail(t, freedom)).toBeCloseTo(1, 10);
  }
});

test('a shift of other sign swaps the tails, and a vast one is soon told', () => {
  const [there, back] = [3, -3].map((shift) => noncentralTails(2, 4, shift));
  expect(there.upper / back.lower).toBeCloseTo(1, 12);
  expect(there.lower / back.upper).toBeCloseTo(1, 12);
  expect(noncentralTails(4, 2, 1e9).upper).toBeCloseTo(1, 12);
});
