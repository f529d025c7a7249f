import { describe, expect, test } from 'vitest';
import { refusal } from '../../../testkit/refusal.ts';
import { classSizes } from './classSizes.ts';
import { holdOutCount, holdOutShare } from './holdOut.ts';

const labels = Array.from({ length: 300 }, (_, i) => (i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2));
const classesOf = (of: Uint32Array, own: readonly number[] = labels) =>
  classSizes(
    [...of].map((sample) => own[sample]),
    3,
  );

test('every class gives its share, and every sample is on one side', () => {
  const { train, held } = holdOutShare(labels, 3, 0.1, 1);
  expect(classesOf(held)).toEqual([18, 9, 3]);
  const all = [...train, ...held].sort((a, b) => a - b);
  expect(all).toEqual(labels.map((_, sample) => sample));
  expect([...held]).toEqual([...held].sort((a, b) => a - b));
});

test('the seed decides which', () => {
  expect(holdOutShare(labels, 3, 0.2, 1)).toEqual(holdOutShare(labels, 3, 0.2, 1));
  expect(holdOutShare(labels, 3, 0.2, 2)).not.toEqual(holdOutShare(labels, 3, 0.2, 1));
});

describe('where shares are not whole', () => {
  const few = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2];

  test('the largest remainders round up, to the nearest whole in all', () => {
    // 0.25 · 7 = 1.75 and 0.25 · 4 = 1 of three in all.
    expect(classesOf(holdOutShare(few, 3, 0.25, 1).held, few)).toEqual([2, 1, 0]);
  });

  test('no class loses its last sample', () => {
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const { train } = holdOutShare(few, 3, share, 1);
      for (const count of classesOf(train, few)) expect(count).toBeGreaterThan(0);
    }
  });
});

test.each([0, 1, -0.1, Number.NaN, 10])('a share of %d is refused', (share) => {
  expect(() => holdOutShare(labels, 3, share, 1)).toThrow(`validation ${share}: must be a share`);
});

test('a share that holds out nothing is refused', () => {
  expect(() => holdOutShare([0, 1, 0], 2, 0.01, 1)).toThrow('holds out none of 3 samples');
});

test('refusals name the option as whoever tells them does', () => {
  const refusals = [
    () => holdOutShare(labels, 3, 2, 1),
    () => holdOutShare([0, 1, 0], 2, 0.01, 1),
    () => holdOutCount([0, 1, 0], 2, 3, 1),
  ].map(refusal);
  const texts = refusals.map((problem) => problem.worded((name) => `<${name}>`));
  expect(texts.map((text) => text.split(':')[0])).toEqual([
    '<validation> 2',
    '<validation> 0.01',
    '<validation> 3',
  ]);
});
