import { expect, test } from 'vitest';
import { parseHead } from '../heads/index.ts';
import { patchedLoss } from './patchedLoss.ts';

/** A batch of three features of a head's, and where its loss and gradients go. */
function batchOf(name: string) {
  const head = parseHead(name);
  const [count, dimensions, classes] = [3, 2, 4];
  const fill = ({ shape }: { shape: number[] }, step: number) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
      Math.sin(step * (i + 1)),
    );
  const parameters = head.parameters(dimensions, classes).map((spec) => fill(spec, 0.7));
  const state = (head.state?.(dimensions, classes) ?? []).map((spec) => fill(spec, 0).fill(1));
  const batch = {
    ...{ dimensions, classes, parameters, state, count, step: 0, training: true },
    features: Float32Array.of(0.4, -1, 2, 0.3, -0.6, 1.5),
    labels: [0, 1, 2],
    logits: new Float32Array(count * classes),
    featureGradients: new Float32Array(count * dimensions),
    gradients: parameters.map(({ length }) => new Float32Array(length)),
  };
  return { head, batch };
}

/** Two labels by their shares are what mixup's partners are, which the heads themselves compute. */
test.each(['softmax', 'ccl', 'ccl:statistics=running', 'arcface'])(
  '%s: two labels are a pair that is mixed',
  (name) => {
    const [mixed, patched] = [batchOf(name), batchOf(name)];
    const partners = { labels: [3, 3, 0], share: 0.3 };
    const loss = mixed.head.loss({ ...mixed.batch, partners });
    const targets = [
      { labels: [0, 1, 2], share: 0.7 },
      { labels: [3, 3, 0], share: 0.3 },
    ];
    expect(patchedLoss(patched.head, patched.batch, targets)).toBeCloseTo(loss, 6);
    for (const of of ['featureGradients', 'logits'] as const)
      for (const [i, value] of patched.batch[of].entries())
        expect(value).toBeCloseTo(mixed.batch[of][i], 6);
    for (const [p, gradient] of patched.batch.gradients.entries())
      for (const [i, value] of gradient.entries())
        expect(value).toBeCloseTo(mixed.batch.gradients[p][i], 6);
    expect(patched.batch.state).toEqual(mixed.batch.state);
  },
);

test('four labels count by their shares', () => {
  const { head, batch } = batchOf('softmax');
  const lossOf = (label: number) => head.loss({ ...batch, labels: [label, label, label] });
  const losses = [0, 1, 2, 3].map(lossOf);
  const shares = [0.4, 0.3, 0.2, 0.1];
  const targets = shares.map((share, label) => ({ labels: [label, label, label], share }));
  const expected = losses.reduce((sum, loss, label) => sum + shares[label] * loss, 0);
  expect(patchedLoss(head, batch, targets)).toBeCloseTo(expected, 12);
});
