import { describe, expect, test } from 'vitest';
import { checkHead, headBatch, initialState } from '../../testkit/headBatch.ts';
import { heads, parseHead } from './parse.ts';

/** Every head as it is by default, and some with options that change its loss. */
const texts = [
  ...Object.keys(heads),
  'softmax:smoothing=0.2',
  'ccl:statistics=running',
  'l-softmax:margin=2,start=0,end=0',
  'sphereface:margin=3,start=1',
  'cosface:margin=0.1,scale=64',
  'arcface:margin=1.2,scale=8',
  'contrastive:margin=3',
  'triplet:margin=0.2',
];

const small = { rows: 8, count: 5, dimensions: 2, classes: 3 };
const sizes = [
  small,
  { rows: 16, count: 16, dimensions: 2, classes: 10 },
  { rows: 16, count: 13, dimensions: 9, classes: 4 },
];

describe.each(texts)('%s', (text) => {
  const head = parseHead(text);
  const losses = (change: object, of = small) => {
    const batch = headBatch(head, of, change);
    return { loss: head.loss(batch), batch };
  };

  test.each(sizes)('has the gradients of its differences: %o', (size) => {
    const { checked, skipped } = checkHead(head, size);
    expect(skipped).toBeLessThanOrEqual(0.1 * checked);
  });

  test('and while it does not train', () => {
    const { checked, skipped } = checkHead(head, small, { training: false });
    expect(skipped).toBeLessThanOrEqual(0.1 * checked);
  });

  test.skipIf(!head.mixesLabels)('and where samples have two labels', () => {
    const partners = { labels: [2, 1, 0, 2, 1, 0, 2, 1], share: 0.3 };
    const { skipped } = checkHead(head, small, { partners });
    expect(skipped).toBe(0);
  });

  test.skipIf(!head.mixesLabels)('and where classes weigh differently', () => {
    const classWeights = [0.2, 3, 1];
    const { checked, skipped } = checkHead(head, small, { classWeights });
    expect(skipped).toBeLessThanOrEqual(0.1 * checked);
    expect(losses({ classWeights: [2, 2, 2] }).loss).toBeCloseTo(2 * losses({}).loss, 10);
    const partners = { labels: [2, 1, 0, 2, 1, 0, 2, 1], share: 0.3 };
    expect(checkHead(head, small, { classWeights, partners }).skipped).toBe(0);
  });

  test.skipIf(!head.mixesLabels)('a mixed loss lies between those of its labels', () => {
    const labels = [2, 1, 0, 2, 1, 0, 2, 1];
    const own = losses({}).loss;
    const other = losses({ labels }).loss;
    const mixed = losses({ partners: { labels, share: 0.3 } }).loss;
    expect(mixed).toBeCloseTo(0.7 * own + 0.3 * other, 10);
  });

  test('counts only the first samples; the padding gets no gradient and changes nothing', () => {
    const { loss, batch } = losses({});
    const features = batch.features.slice();
    features.fill(Number.NaN, small.count * small.dimensions);
    const padded = losses({ features });
    expect(padded.loss).toBe(loss);
    expect(padded.batch.gradients).toEqual(batch.gradients);
    expect(padded.batch.state).toEqual(batch.state);
    const padding = padded.batch.featureGradients.slice(small.count * small.dimensions);
    expect(padding.every((g) => g === 0)).toBe(true);
    expect(batch.logits.slice(small.count * small.classes).every((x) => x === 9)).toBe(true);
  });

  test('its logits are those of its loss, and stand for predictions while it does not train', () => {
    const { batch } = losses({ training: false });
    const out = new Float64Array(small.count * small.classes) as unknown as Float32Array;
    head.logits(batch.features, batch, out);
    expect(out).toEqual(batch.logits.slice(0, out.length));
  });

  test('moves its state only while it trains', () => {
    const before = initialState(head, small);
    expect(losses({ training: false }).batch.state).toEqual(before);
    if (head.state) expect(losses({}).batch.state).not.toEqual(before);
  });

  test.each([
    ['zero', () => 0],
    ['tiny', (i: number) => (i % 3) * 1e-30],
    ['all the same', () => 1],
    ['collinear', (i: number) => (i % 2 === 0 ? 1 : -2) * Math.ceil((i + 1) / 2)],
    ['huge', (i: number) => (i % 2 === 0 ? 1e15 : -1e15)],
  ])('stays finite where features are %s', (_, of) => {
    const features = Float32Array.from({ length: 16 }, (_, i) => of(i));
    const collinear = Float32Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? 1 : -2));
    for (const vectors of [collinear, new Float32Array(6), collinear.map((x) => -x)]) {
      const parameters = headBatch(head, small).parameters.map((p, i) => (i === 0 ? vectors : p));
      const { loss, batch } = losses({ features, parameters });
      expect(loss).toSatisfy(Number.isFinite);
      for (const list of [batch.featureGradients, ...batch.gradients, ...batch.state])
        expect(list.every(Number.isFinite)).toBe(true);
    }
  });

  test.each([Number.NaN, Infinity])('is not finite where a feature is %d', (value) => {
    const { batch } = losses({});
    const features = batch.features.slice();
    features[3] = value;
    expect(losses({ features }).loss).toSatisfy((loss: number) => !Number.isFinite(loss));
  });

  test('is itself by its name', () => {
    expect(parseHead(head.name).name).toBe(head.name);
  });
});
