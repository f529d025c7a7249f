import { describe, expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { checkGradient } from '../../testkit/checkGradient.ts';
import { randomStream } from '../random/index.ts';
import type { HeadBatch } from './head.ts';
import { softmax } from './softmax.ts';

/** Multiples of 2⁻¹⁰, which float32 and a difference of one such step hold exactly. */
function values(name: string, size: number, width = 4): Float32Array {
  const stream = randomStream(1, name);
  return Float32Array.from({ length: size }, () => {
    return Math.round((stream.uniform() - 0.5) * width * 1024) / 1024;
  });
}

interface Sizes {
  rows: number;
  count: number;
  width: number;
  classes: number;
}

function makeBatch({ rows, count, width, classes }: Sizes): HeadBatch {
  const stream = randomStream(1, 'labels');
  return {
    features: values('features', rows * width),
    labels: Uint16Array.from({ length: rows }, () => stream.integer(classes)),
    count,
    parameters: [values('weight', classes * width), values('bias', classes)],
    logits: new Float32Array(rows * classes).fill(9),
    featureGradients: new Float32Array(rows * width).fill(9),
    gradients: [new Float32Array(classes * width).fill(9), new Float32Array(classes).fill(9)],
  };
}

const small = { rows: 8, count: 5, width: 2, classes: 3 };

describe('parameters', () => {
  test('weights [K, D] start in ±1/√D, biases at 0', () => {
    expect(softmax.parameters(4, 10)).toEqual([
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
    const out = new Float32Array(6);
    softmax.logits(features, [weight, bias], out);
    expect([...out]).toEqual([1.5, 2, 209, 3.5, 4, 429]);
  });

  test('of a loss are the same', () => {
    const batch = makeBatch(small);
    softmax.loss(batch);
    const out = new Float32Array(small.count * small.classes);
    softmax.logits(batch.features, batch.parameters, out);
    expect(batch.logits.slice(0, out.length)).toEqual(out);
    expect(new Set(batch.logits.slice(out.length))).toEqual(new Set([9]));
  });
});

describe('loss', () => {
  test('is log K where every class is as likely', () => {
    const batch = makeBatch(small);
    for (const parameter of batch.parameters) parameter.fill(0);
    expect(softmax.loss(batch)).toBeCloseTo(Math.log(3), 12);
  });

  test('is the mean of −log p(label), and its gradient the mean of p − onehot', () => {
    const batch = makeBatch({ rows: 2, count: 2, width: 1, classes: 2 });
    batch.features.set([1, 1]);
    batch.labels = [0, 1];
    batch.parameters = [new Float32Array(2), Float32Array.of(Math.log(3), 0)];
    expect(softmax.loss(batch)).toBeCloseTo(-(Math.log(0.75) + Math.log(0.25)) / 2, 6);
    assertClose(batch.gradients[1], [0.25, -0.25], { absolute: 1e-6 });
  });

  test.each([
    ['small', small],
    ['one feature, two classes', { rows: 1, count: 1, width: 1, classes: 2 }],
    ['as in MNIST', { rows: 16, count: 16, width: 2, classes: 10 }],
    ['wide', { rows: 16, count: 13, width: 33, classes: 7 }],
  ])('has the gradients of its differences: %s', (name, sizes) => {
    const batch = makeBatch(sizes);
    softmax.loss(batch);
    const scratch = makeBatch(sizes);
    const check = (
      what: string,
      gradient: Float32Array,
      replaced: (x: Float32Array) => HeadBatch,
    ) =>
      checkGradient({
        name: `softmax ${name}, ${what}`,
        f: (x) => softmax.loss(replaced(Float32Array.from(x))),
        x: what === 'features' ? batch.features : batch.parameters[what === 'weight' ? 0 : 1],
        gradient,
        step: 2 ** -10,
        absolute: 2e-6,
        relative: 0,
      });
    const [weight, bias] = batch.parameters;
    check('features', batch.featureGradients, (features) => ({ ...scratch, features }));
    check('weight', batch.gradients[0], (x) => ({ ...scratch, parameters: [x, bias] }));
    check('bias', batch.gradients[1], (x) => ({ ...scratch, parameters: [weight, x] }));
  });

  test('counts only the first samples; the padding gets no gradient', () => {
    const batch = makeBatch(small);
    const loss = softmax.loss(batch);
    const padded = makeBatch(small);
    padded.features.fill(Number.NaN, small.count * small.width);
    expect(softmax.loss(padded)).toBe(loss);
    expect(padded.gradients).toEqual(batch.gradients);
    expect(padded.featureGradients).toEqual(batch.featureGradients);
    const padding = batch.featureGradients.slice(small.count * small.width);
    expect(padding).toEqual(new Float32Array(padding.length));
  });

  test.each([1e6, -1e6, 1e30])('stays finite where features are %d', (size) => {
    const batch = makeBatch(small);
    batch.features.fill(size);
    expect(softmax.loss(batch)).toSatisfy(Number.isFinite);
    for (const list of [batch.featureGradients, ...batch.gradients])
      expect(list.every(Number.isFinite)).toBe(true);
  });

  test.each([Number.NaN, Infinity])('is not finite where a feature is %d', (value) => {
    const batch = makeBatch(small);
    batch.features[3] = value;
    expect(softmax.loss(batch)).toBeNaN();
  });
});
