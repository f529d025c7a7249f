import { expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { mcnemar } from './mcnemar.ts';

const { mcnemar: rows } = statisticsFixture('comparisons');

/** Predictions of which so many are right by only the left and only the right model. */
function predictions(onlyLeft: number, onlyRight: number, both: number, neither: number) {
  const repeat = (count: number, value: number) => Array<number>(count).fill(value);
  return {
    left: [onlyLeft, onlyRight, both, neither].flatMap((n, i) => repeat(n, [2, 0, 2, 1][i])),
    right: [onlyLeft, onlyRight, both, neither].flatMap((n, i) => repeat(n, [1, 2, 2, 0][i])),
    labels: repeat(onlyLeft + onlyRight + both + neither, 2),
  };
}

test.each(rows)('%d against %d agrees with statsmodels', (onlyLeft, onlyRight, exact, mid) => {
  const { left, right, labels } = predictions(onlyLeft, onlyRight, 40, 7);
  const found = mcnemar(left, right, labels);
  const count = onlyLeft + onlyRight + 47;
  expect(found).toMatchObject({ count, onlyLeft, onlyRight });
  expect(found.difference).toBeCloseTo((onlyRight - onlyLeft) / count, 12);
  expect(found.exact / exact).toBeCloseTo(1, 10);
  expect(found.mid / mid).toBeCloseTo(1, 10);
  expect(mcnemar(right, left, labels)).toMatchObject({ exact: found.exact, mid: found.mid });
});

test('models that never part, and no samples, show nothing', () => {
  expect(mcnemar([1, 0], [1, 0], [1, 1])).toEqual({
    ...{ count: 2, onlyLeft: 0, onlyRight: 0, difference: 0, exact: 1, mid: 1 },
  });
  expect(mcnemar([], [], [])).toMatchObject({ count: 0, difference: null, exact: 1, mid: 1 });
});

test('two wrong answers that differ part nothing', () => {
  expect(mcnemar([0], [1], [2])).toMatchObject({ onlyLeft: 0, onlyRight: 0 });
});
