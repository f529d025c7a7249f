import { expect, test } from 'vitest';
import { lowered, type Planned } from '../../../testkit/programs.ts';
import type { NativeOf } from './instructions.ts';

const net = 'resnext-20-2x4d';

/** What is left of the backward's sums, and its convolutions that leave a whole activation's gradient. */
function sumsOf(plan: Planned) {
  const { backward } = lowered({ net, features: null, ...plan }).sections;
  const accumulated = backward.filter(
    (i): i is NativeOf<'accumulate'> => i.opcode === 'accumulate',
  );
  const gradients = backward.filter(
    (i): i is NativeOf<'convGradient'> => i.opcode === 'convGradient',
  );
  return { accumulated, whole: gradients.filter((i) => i.whole) };
}

test('a stage’s gradients stand in one place, where its skip paths pass them on', () => {
  const { whole } = sumsOf({ layout: 'preact-bn' });
  const added = whole.filter((i) => i.adds).map((i) => i.to!.slot.name);
  expect(added).toEqual([
    ...Array(2).fill('stage3.block3.mix.gradient'),
    ...Array(2).fill('stage2.block3.mix.gradient'),
    ...Array(2).fill('stage1.block3.mix.gradient'),
    'stem.batchNorm2.gradient',
  ]);
});

test('a norm’s copies are summed: no gradient has more channels than its activation', () => {
  for (const { to, view } of sumsOf({ layout: 'preact-bn' }).whole)
    expect(to!.channels).toBe(view.of.channels);
});

test('of what stands in its place a sum only adds what the norm’s derivative subtracts', () => {
  const { accumulated } = sumsOf({ layout: 'preact-bn' });
  for (const { to, terms } of accumulated.slice(1)) {
    expect(terms[0].gradient).toBe(to.slot);
    expect(terms[0].view.norm).not.toBeNull();
    expect(terms.slice(1).every(({ gradient }) => gradient !== to.slot)).toBe(true);
  }
});

test('without a norm nothing is left to add', () => {
  const { accumulated, whole } = sumsOf({ layout: 'relu conv bn relu conv bn' });
  expect(whole.length).toBeGreaterThan(0);
  const projected = accumulated.filter(({ terms }) => terms.some(({ view }) => view.subsample));
  expect(accumulated.length).toBe(1 + projected.length);
});

test('a gradient that the convolution itself reads is not added to', () => {
  const { whole } = sumsOf({ layout: 'bn relu conv bn' });
  for (const { term, to } of whole) expect(term.gradient).not.toBe(to!.slot);
});

test('in bfloat16, where every addition would round, shares stand apart', () => {
  expect(sumsOf({ layout: 'preact-bn', precision: 'bf16' }).whole).toEqual([]);
});
