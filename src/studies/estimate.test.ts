import { expect, test } from 'vitest';
import { parseConfig } from '../runs/config.ts';
import { evaluatedImages } from './estimate.ts';

test.each([
  ['every epoch of 20', '1', 20, null, 20 * 1000],
  ['every fifth, and the last', '5', 22, null, 5 * 1000],
  ['what is left of it alone', '5', 8, null, 3 * 1000],
  ['by cost: every 4th', 'auto', 20, null, 5 * 1000],
  ['images to choose by, and once those to test on', '5', 20, 50, 4 * 50 + 1000],
])('images still evaluated: %s', (_, evaluateEvery, left, validation, images) => {
  const config = parseConfig({ epochs: left === 8 ? 22 : left, evaluateEvery });
  const run = { id: 'a', model: 'a', title: 'a', config };
  expect(evaluatedImages({ run, epochs: left }, { trained: 500, validation }, 1000)).toBe(images);
});
