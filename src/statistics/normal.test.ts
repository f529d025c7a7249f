import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { normalCumulative, normalQuantile, normalTail } from './normal.ts';

const { normal } = statisticsFixture('distributions');

test('the tail agrees with 50 digits from −8 to 37', () => {
  assertClose(
    normal.map(([x]) => normalTail(x)),
    normal.map(([, tail]) => tail),
    { relative: 1e-13 },
  );
});

test('the quantile undoes the cumulative function down to 1e-300', () => {
  for (const x of [-37, -12, -3, -1, -0.1, 0, 0.1, 1, 3])
    expect(normalQuantile(normalCumulative(x))).toBeCloseTo(x, 12);
});

test('at the edges', () => {
  const ends = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect([0, 1].map(normalQuantile)).toEqual(ends);
  expect(ends.map(normalCumulative)).toEqual([0, 1]);
  expect(normalTail(Number.NaN)).toBeNaN();
  expect(normalCumulative(normalQuantile(5e-324))).toBeLessThan(1e-322);
});
