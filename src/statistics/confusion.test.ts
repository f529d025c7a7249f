import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import { classify, confusionMatrix } from './confusion.ts';
import { topPredictions } from './predictions.ts';

const fixture = statisticsFixture('classes');

test('matrix, shares and means agree with scikit-learn', () => {
  const top = topPredictions({ ...fixture, classes: 4 });
  const matrix = confusionMatrix(
    fixture.labels,
    top.map(({ predicted }) => predicted),
    4,
  );
  expect(matrix).toEqual(fixture.confusion);
  const found = classify(matrix);
  const shares = found.perClass.map(({ recall }) => recall!.share);
  assertClose(shares, fixture.recall, { relative: 1e-12, absolute: 1e-15 });
  const f1 = found.perClass.map((own) => own.f1!.share);
  assertClose(f1, fixture.f1, { relative: 1e-12, absolute: 1e-15 });
  const precision = found.perClass.slice(0, 3).map((own) => own.precision!.share);
  assertClose(precision, fixture.precision.slice(0, 3), { relative: 1e-12 });
  expect(found.perClass[3]).toMatchObject({ precision: null, missing: ['never predicted'] });
  expect(found.accuracy!.share).toBeCloseTo(fixture.accuracy, 12);
  expect(found.balancedAccuracy!.share).toBeCloseTo(fixture.balancedAccuracy, 12);
  expect(found.precision!.classes).toBe(3);
});

test('bounds hold the shares, and the error mirrors the recall', () => {
  for (const own of classify(fixture.confusion).perClass) {
    for (const one of [own.recall, own.error, own.precision, own.f1]) {
      if (one) expect(0 <= one.low && one.low <= one.share && one.share <= one.high).toBe(true);
    }
    expect(own.error!.low).toBeCloseTo(1 - own.recall!.high, 12);
    expect(own.error!.high).toBeCloseTo(1 - own.recall!.low, 12);
  }
});

test('the interval of the mean recall is narrower than any class’s alone', () => {
  const { balancedAccuracy, perClass } = classify([
    [40, 10],
    [20, 30],
  ]);
  const width = balancedAccuracy!.high - balancedAccuracy!.low;
  for (const { recall } of perClass) expect(width).toBeLessThan(recall!.high - recall!.low);
});

describe('at the edges', () => {
  test('an empty class that is never predicted has nothing, and leaves the means', () => {
    const { perClass, recall, f1 } = classify([
      [3, 1, 0],
      [0, 4, 0],
      [0, 0, 0],
    ]);
    expect(perClass[2]).toEqual({
      ...{ samples: 0, predicted: 0, recall: null, error: null, precision: null, f1: null },
      missing: ['no samples', 'never predicted'],
    });
    expect(recall).toEqual({ mean: (0.75 + 1) / 2, classes: 2 });
    expect(f1!.classes).toBe(2);
  });

  test('an empty class that is predicted has precision and F1 of 0, and no recall', () => {
    const [, own] = classify([
      [3, 1],
      [0, 0],
    ]).perClass;
    expect(own).toMatchObject({ recall: null, missing: ['no samples'] });
    expect([own.precision!.share, own.f1!.share]).toEqual([0, 0]);
  });

  test.each([[[]], [[[0]]]])('%j has no measure at all', (matrix: number[][]) => {
    expect(classify(matrix)).toMatchObject({
      ...{ accuracy: null, balancedAccuracy: null, precision: null, recall: null, f1: null },
    });
  });
});

test.each([
  [[0, 1], [0], '2 labels and 1 predictions'],
  [[2], [0], 'class 2 taken for 0 is not within 0 to 1'],
  [[0], [-1], 'class 0 taken for -1'],
  [[0], [Number.NaN], 'class 0 taken for NaN'],
])('labels %j and predictions %j are refused', (labels, predictions, message) => {
  expect(() => confusionMatrix(labels, predictions, 2)).toThrow(message);
});
