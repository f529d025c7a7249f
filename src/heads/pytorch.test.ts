import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { headBatch } from '../../testkit/headBatch.ts';
import { shortest } from './angular.ts';
import { parseHead } from './parse.ts';

/** What PyTorch Metric Learning, or torch's autograd, made of a batch; `testkit/heads/make_fixtures.py` says how. */
interface Case {
  head: string;
  count: number;
  dimensions: number;
  classes: number;
  /** About how long features are, in deviations. */
  length: number;
  features: number[];
  labels: number[];
  parameters: number[][];
  loss: number;
  featureGradients: number[];
  gradients: number[][];
}

const file = new URL('../../testkit/fixtures/heads/cases.json', import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8'));
const [usual, short] = [true, false].map((long) =>
  cases.filter(({ length }) => (length === 1) === long),
);

/** Double precision, as the gradients of the testkit are checked. */
const doubles = (values: readonly number[]) => Float64Array.from(values) as unknown as Float32Array;

function computed({ head: text, count, dimensions, classes, ...given }: Case) {
  const head = parseHead(text);
  const batch = headBatch(
    head,
    { rows: count, count, dimensions, classes },
    {
      features: doubles(given.features),
      labels: given.labels,
      parameters: given.parameters.map(doubles),
    },
  );
  const loss = head.loss(batch);
  return { loss, featureGradients: batch.featureGradients, gradients: batch.gradients };
}

/** The largest difference, next to the largest value. */
function distance(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - found[i]))) / scale;
}

test('a dozen cases and more, of every head', () => {
  expect(usual.length).toBeGreaterThanOrEqual(12);
  const heads = new Set(usual.map(({ head }) => head.split(':')[0]));
  expect([...heads].sort()).toEqual(
    [
      'arcface',
      'ccl',
      'contrastive',
      'cosface',
      'l-softmax',
      'softmax',
      'sphereface',
      'triplet',
    ].sort(),
  );
});

describe.each(usual)('$head of $count features, $dimensions wide', (one) => {
  const found = computed(one);

  test('has PyTorch’s loss', () => {
    expect(Math.abs(found.loss - one.loss)).toBeLessThanOrEqual(1e-13 * Math.max(1, one.loss));
  });

  test('has PyTorch’s gradients', () => {
    expect(distance(found.featureGradients, one.featureGradients)).toBeLessThan(1e-13);
    one.gradients.forEach((expected, i) => {
      expect(distance(found.gradients[i], expected)).toBeLessThan(1e-13);
    });
  });
});

test('features shorter than 1e-3 count as that long here, and by their own length there', () => {
  const [one] = short;
  const { dimensions, count } = one;
  const found = computed(one);
  expect(Math.abs(found.loss - one.loss)).toBeGreaterThan(0.1);
  const lengthened = Array.from({ length: count }, (_, row) => {
    const own = one.features.slice(row * dimensions, (row + 1) * dimensions);
    const norm = Math.hypot(...own);
    expect(norm).toBeLessThan(shortest);
    return own.map((x) => x / norm);
  });
  const long = computed({ ...one, features: lengthened.flat() });
  expect(Math.abs(long.loss - one.loss)).toBeLessThan(1e-13 * one.loss);
});
