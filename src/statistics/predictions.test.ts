import { expect, test } from 'vitest';
import { statisticsFixture } from '../../testkit/statistics/fixtures.ts';
import {
  mostConfidentlyWrong,
  predictedClass,
  properScores,
  topPredictions,
} from './predictions.ts';

const fixture = { ...statisticsFixture('classes'), classes: 4 };

test('log loss and Brier score agree with scikit-learn', () => {
  const { logLoss, brier } = properScores(fixture)!;
  expect(logLoss).toBeCloseTo(fixture.logLoss, 10);
  expect(brier).toBeCloseTo(fixture.brier, 12);
});

test('of a coin the scores are ln 2 and ½, of a certain truth 0, of a certain error finite', () => {
  const scores = (z: number, label: number) =>
    properScores({ logits: [z, 0], labels: [label], classes: 2 });
  expect(scores(0, 1)).toEqual({ logLoss: Math.LN2, brier: 0.5 });
  expect(scores(1e308, 0)).toEqual({ logLoss: 0, brier: 0 });
  expect(scores(1e308, 1)).toEqual({ logLoss: 1e308, brier: 2 });
  expect(properScores({ logits: [], labels: [], classes: 2 })).toBeNull();
});

test('a sample is given the class of its largest logit, of equal ones the first', () => {
  const logits = [1, 2, 2, 7, 7, 0, -3, -2, -1];
  expect([0, 1, 2].map((sample) => predictedClass(logits, sample, 3))).toEqual([1, 0, 2]);
});

test('confidence is the softmax of the largest logit, of equal ones the first', () => {
  const logits = [0, Math.log(3), 5, 5];
  const top = topPredictions({ logits, labels: [0, 1], classes: 2 });
  expect(top.map(({ predicted }) => predicted)).toEqual([1, 0]);
  expect(top[0].confidence).toBeCloseTo(0.75, 12);
  expect(top[1].confidence).toBe(0.5);
  const [cooler] = topPredictions({ logits, labels: [0, 1], classes: 2 }, 1e9);
  expect(cooler.confidence).toBeCloseTo(0.5, 6);
});

test('the most confidently wrong come first, equal ones in their order', () => {
  const logits = [1, 0, 4, 0, 3, 0, 3, 0, 9, 0];
  const wrong = mostConfidentlyWrong({ logits, labels: [1, 1, 1, 1, 0], classes: 2 }, 3);
  expect(wrong.map(({ sample }) => sample)).toEqual([1, 2, 3]);
  expect(mostConfidentlyWrong({ logits, labels: [0, 0, 0, 0, 0], classes: 2 }, 3)).toEqual([]);
});

test.each([
  [[1, 2, 3], [0], '3 logits of 1 samples'],
  [[1, Number.NaN], [0], 'sample 0: a logit is NaN'],
  [[1, Number.POSITIVE_INFINITY], [0], 'sample 0: a logit is Infinity'],
  [[1, 2], [2], 'label 2 is not between 0 and 1'],
])('logits %j of labels %j are refused', (logits, labels, message) => {
  expect(() => topPredictions({ logits, labels, classes: 2 })).toThrow(message);
});
