import { expect, test } from 'vitest';
import { circle, embeddingOf } from '../../testkit/clouds.ts';
import { uniformity } from './uniformity.ts';

test('by hand: one direction is 0; two opposite ones −8; three pairs add up', () => {
  expect(
    uniformity(
      embeddingOf([
        [
          [1, 0],
          [9, 0],
        ],
      ]),
    ),
  ).toBeCloseTo(0, 10);
  expect(
    uniformity(
      embeddingOf([
        [
          [1, 0],
          [-3, 0],
        ],
      ]),
    ),
  ).toBeCloseTo(-8, 6);
  const three = embeddingOf([
    [
      [1, 0],
      [0, 1],
      [-1, 0],
    ],
  ]);
  expect(uniformity(three)).toBeCloseTo(Math.log((2 * Math.exp(-4) + Math.exp(-8)) / 3), 6);
});

test('an even circle has log e⁻⁴ I₀(4), about −1.57', () => {
  expect(uniformity(embeddingOf([circle(0, 0, 5, 2000)]))).toBeCloseTo(-1.57, 1);
});

test('many samples are thinned; too few have none', () => {
  const many = embeddingOf([circle(0, 0, 5, 9001)]);
  expect(uniformity(many)).toBeCloseTo(-1.57, 1);
  expect(uniformity(embeddingOf([[[1, 0]]]))).toBeNull();
});
