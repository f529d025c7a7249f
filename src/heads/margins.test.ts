import { describe, expect, test } from 'vitest';
import { headBatch } from '../../testkit/headBatch.ts';
import type { HeadBatch } from './head.ts';
import { annealed, multipliedAngle } from './multipliedAngle.ts';
import { parseHead } from './parse.ts';

/** A feature of length 2 at an angle of θ to the class vector of its label, at π/2 − θ to the other. */
function atAngle(text: string, theta: number, change: Partial<HeadBatch> = {}) {
  const head = parseHead(text);
  const sizes = { rows: 1, count: 1, dimensions: 2, classes: 2 };
  const batch = headBatch(head, sizes, {
    features: Float32Array.of(2 * Math.cos(theta), 2 * Math.sin(theta)),
    parameters: [Float32Array.of(3, 0, 0, 5)],
    labels: [0],
    ...change,
  });
  return { loss: head.loss(batch), batch };
}

/** Cross-entropy of two logits, the label's first. */
const entropy = (label: number, other: number): number => Math.log(1 + Math.exp(other - label));

describe('what counts instead of the cosine of the label', () => {
  const theta = 0.7;
  const other = Math.cos(Math.PI / 2 - theta);

  test('cosface: cos θ − m, scaled', () => {
    const expected = entropy(8 * (Math.cos(theta) - 0.2), 8 * other);
    expect(atAngle('cosface:margin=0.2,scale=8', theta).loss).toBeCloseTo(expected, 6);
  });

  test('arcface: cos(θ + m), and past π − m a line that goes on falling', () => {
    const near = entropy(8 * Math.cos(theta + 0.4), 8 * other);
    expect(atAngle('arcface:margin=0.4,scale=8', theta).loss).toBeCloseTo(near, 6);
    const far = entropy(8 * (Math.cos(3) - 0.4 * Math.sin(0.4)), 8 * Math.cos(Math.PI / 2 - 3));
    expect(atAngle('arcface:margin=0.4,scale=8', 3).loss).toBeCloseTo(far, 6);
  });

  test('l-softmax: ψ(θ) times both lengths; sphereface: times that of the feature', () => {
    const psi = Math.cos(2 * theta);
    const norms = entropy(2 * 3 * psi, 2 * 5 * other);
    expect(atAngle('l-softmax:margin=2,start=0,end=0', theta).loss).toBeCloseTo(norms, 5);
    const feature = entropy(2 * psi, 2 * other);
    expect(atAngle('sphereface:margin=2,start=0,end=0', theta).loss).toBeCloseTo(feature, 5);
  });

  test('logits for predictions have no margin', () => {
    const { batch } = atAngle('cosface:scale=8', theta);
    expect(batch.logits[0]).toBeCloseTo(8 * Math.cos(theta), 6);
  });
});

describe('ψ(θ) = (−1)ᵏ cos mθ − 2k', () => {
  test.each([1, 2, 3, 4, 5])('with m = %i falls from 1 to 1 − 2m without a jump', (m) => {
    const psi = multipliedAngle(m, 0);
    expect(psi(1).value).toBeCloseTo(1, 12);
    expect(psi(-1).value).toBeCloseTo(1 - 2 * m, 12);
    const angles = Array.from({ length: 2001 }, (_, i) => (i * Math.PI) / 2000);
    const values = angles.map((angle) => psi(Math.cos(angle)).value);
    for (let i = 1; i < values.length; i++) {
      expect(values[i]).toBeLessThanOrEqual(values[i - 1] + 1e-12);
      expect(values[i - 1] - values[i]).toBeLessThan(0.01);
    }
  });

  test('the plain cosine counts λ to 1, and λ falls from start to end', () => {
    expect(multipliedAngle(2, 3)(0.5).value).toBeCloseTo((3 * 0.5 + (2 * 0.25 - 1)) / 4, 12);
    const way = { start: 1000, end: 5, rate: 0.12 };
    expect(annealed(way, 0)).toBe(1000);
    expect(annealed(way, 100)).toBeCloseTo(1000 / 13, 9);
    expect(annealed(way, 1e6)).toBe(5);
  });
});

test('ccl centralises by the statistics of the batch, then by the running ones', () => {
  const head = parseHead('ccl');
  const sizes = { rows: 2, count: 2, dimensions: 2, classes: 2 };
  const features = Float32Array.of(1, 10, 3, 30);
  const parameters = [Float32Array.of(7, 0, 0, 7)];
  const batch = headBatch(head, sizes, { features, parameters });
  head.loss(batch);
  [-1, -1, 1, 1].forEach((x, i) => {
    expect(batch.logits[i]).toBeCloseTo(x, 4);
  });
  expect([...batch.state[0]].map((x) => Math.round(x * 1e5) / 1e5)).toEqual([0.2, 2]);
  expect(batch.state[1][0]).toBeCloseTo(0.9 + 0.1 * 2, 6);
  const out = new Float32Array(4);
  head.logits(features, batch, out);
  expect(out[0]).toBeCloseTo((1 - 0.2) / Math.sqrt(1.1), 4);
});

describe('heads of distances', () => {
  const line = (text: string, at: number[], labels: number[]) => {
    const head = parseHead(text);
    const count = at.length;
    const sizes = { rows: count, count, dimensions: 1, classes: 2 };
    const batch = headBatch(head, sizes, { features: Float32Array.from(at), labels });
    return { loss: head.loss(batch), batch };
  };

  test('contrastive: d²/2 within a class, (m − d)²/2 between classes, 0 past the margin', () => {
    const { loss } = line('contrastive:margin=2', [0, 0.5, 1.5], [0, 0, 1]);
    expect(loss).toBeCloseTo((0.5 ** 2 + 0.5 ** 2 + 1 ** 2) / 2 / 3, 6);
    expect(line('contrastive', [0, 5], [0, 1]).loss).toBe(0);
  });

  test('triplet takes the nearest negative past the positive, else the farthest', () => {
    const semiHard = line('triplet', [0, 1, 1.2, 3], [0, 0, 1, 1]);
    const pairs = [1 - 1.44 + 1, 1 - 4 + 1, 3.24 - 1.44 + 1, 3.24 - 4 + 1];
    const expected = pairs.reduce((sum, x) => sum + Math.max(0, x), 0) / 4;
    expect(semiHard.loss).toBeCloseTo(expected, 5);
    expect(line('triplet', [0, 4, 1], [0, 0, 1]).loss).toBeCloseTo(
      (16 - 1 + 1 + 16 - 9 + 1) / 2,
      5,
    );
  });

  test('predict the nearest class mean; a class never seen comes last', () => {
    const { batch } = line('triplet', [0, 2, 10], [1, 1, 1]);
    expect(batch.state[0][1]).toBe(4);
    expect([batch.logits[0], batch.logits[1]]).toEqual([-1e30, -16]);
  });
});
