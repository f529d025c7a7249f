import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { headBatch } from '../../testkit/headBatch.ts';
import { parseHead } from './parse.ts';

const head = parseHead('softmax');
const small = { rows: 8, count: 5, dimensions: 2, classes: 3 };

describe('parameters', () => {
  test('weights [K, D] start in ±1/√D, biases at 0', () => {
    expect(head.parameters(4, 10)).toEqual([
      { name: 'head.weight', shape: [10, 4], initial: { kind: 'uniform', bound: 0.5 } },
      { name: 'head.bias', shape: [10], initial: { kind: 'constant', value: 0 } },
    ]);
  });
});

describe('logits', () => {
  test('are W f + b, for as many samples as there is room', () => {
    const features = Float32Array.of(1, 2, 3, 4, 99, 99);
    const weight = Float32Array.of(1, 0, 0, 1, 10, 100);
    const bias = Float32Array.of(0.5, 0, -1);
    const memory = { dimensions: 2, classes: 3, parameters: [weight, bias], state: [] };
    const out = new Float32Array(6);
    head.logits(features, memory, out);
    expect([...out]).toEqual([1.5, 2, 209, 3.5, 4, 429]);
  });
});

describe('loss', () => {
  test('is log K where every class is as likely', () => {
    const batch = headBatch(head, small);
    for (const parameter of batch.parameters) parameter.fill(0);
    expect(head.loss(batch)).toBeCloseTo(Math.log(3), 12);
  });

  test('is the mean of −log p(label), and its gradient the mean of p − onehot', () => {
    const batch = headBatch(head, { rows: 2, count: 2, dimensions: 1, classes: 2 });
    batch.features.set([1, 1]);
    batch.labels = [0, 1];
    batch.parameters = [new Float32Array(2), Float32Array.of(Math.log(3), 0)];
    expect(head.loss(batch)).toBeCloseTo(-(Math.log(0.75) + Math.log(0.25)) / 2, 6);
    assertClose(batch.gradients[1], [0.25, -0.25], { absolute: 1e-6 });
  });

  test('with smoothing is the mean of those for every class, the label counting more', () => {
    const smooth = parseHead('softmax:smoothing=0.3');
    const sizes = { rows: 1, count: 1, dimensions: 2, classes: 3 };
    const at = (label: number) => head.loss(headBatch(head, sizes, { labels: [label] }));
    const expected = 0.7 * at(1) + 0.1 * (at(0) + at(1) + at(2));
    expect(smooth.loss(headBatch(smooth, sizes, { labels: [1] }))).toBeCloseTo(expected, 10);
  });

  test('overflows nowhere', () => {
    const features = new Float32Array(16).fill(1e30);
    const batch = headBatch(head, small, { features });
    expect(head.loss(batch)).toSatisfy(Number.isFinite);
  });
});
