import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { randomStream } from '../random/index.ts';
import { pairedDifference, welchDifference } from './difference.ts';
import { holm, judgeFamily } from './family.ts';
import { studentCritical } from './student.ts';

const { holm: families } = statisticsFixture('comparisons');

test.each(families)('Holm’s p-values of %j agree with statsmodels', (family, adjusted) => {
  assertClose(holm(family) as number[], adjusted, { relative: 1e-12 });
});

test('a test that could not be done does not count', () => {
  expect(holm([null, 0.02, null, 0.01])).toEqual([null, 0.02, null, 0.02]);
  expect([holm([]), holm([null])]).toEqual([[], [null]]);
});

describe('judgeFamily', () => {
  const clear = pairedDifference([1, 2, 3.1, 4], [0, 1.1, 2, 3]);
  const vague = welchDifference([1, 5, 9], [2, 4, 8]);
  const single = pairedDifference([1], [2]);

  test('alone, a difference keeps its p and its interval', () => {
    const [judged] = judgeFamily([clear]);
    expect(judged).toMatchObject({ ...clear, adjusted: clear.probability, distinct: true });
    expect(judged.simultaneous).toBeCloseTo(clear.halfWidth!, 10);
  });

  test('among others its interval widens to 1 − α/m, and what is untested gets no verdict', () => {
    const [first, second, third] = judgeFamily([clear, vague, single]);
    expect(first.simultaneous! / clear.standardError!).toBeCloseTo(studentCritical(0.025, 3), 10);
    expect([first, second, third].map(({ distinct }) => distinct)).toEqual([true, false, null]);
    expect(third).toMatchObject({ adjusted: null, simultaneous: null, untested: 'too few values' });
  });

  test('of equal means says distinct in no more than one family of twenty', () => {
    const stream = randomStream(1, 'test/families');
    const values = () => Array.from({ length: 4 }, () => stream.normal());
    let [said, cases] = [0, 1500];
    for (let i = 0; i < cases; i++) {
      const models = [values(), values(), values(), values()];
      const family = models.slice(1).map((model) => pairedDifference(model, models[0]));
      if (judgeFamily(family).some(({ distinct }) => distinct)) said++;
    }
    expect(said / cases).toBeLessThan(0.05 + 2 * Math.sqrt(0.0475 / cases));
    expect(said).toBeGreaterThan(0);
  });
});
