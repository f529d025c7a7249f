import type { Head, HeadBatch } from '../src/heads/head.ts';
import { sizeOf } from '../src/nets/parameters.ts';
import { randomStream } from '../src/random/index.ts';
import { checkGradient } from './checkGradient.ts';

/** Size of a batch; `rows` more than `count` are padding. */
export interface HeadSizes {
  rows: number;
  count: number;
  dimensions: number;
  classes: number;
}

/** Seeded normal numbers in double precision, so that differences of a loss keep their digits. */
function normalFloats(name: string, size: number): Float32Array {
  const stream = randomStream(1, name);
  const doubles = Float64Array.from({ length: size }, () => stream.normal());
  return doubles as unknown as Float32Array;
}

const empty = (size: number) => new Float64Array(size).fill(9) as unknown as Float32Array;

/** A training batch of random features, labels and parameters; all that is to be written is 9. */
export function headBatch(
  head: Head,
  sizes: HeadSizes,
  change: Partial<HeadBatch> = {},
): HeadBatch {
  const { rows, count, dimensions, classes } = sizes;
  const stream = randomStream(1, 'labels');
  const specs = head.parameters(dimensions, classes);
  return {
    dimensions,
    classes,
    parameters: specs.map(({ name, shape }) => normalFloats(name, sizeOf(shape))),
    state: initialState(head, sizes),
    features: normalFloats('features', rows * dimensions),
    labels: Uint16Array.from({ length: rows }, () => stream.integer(classes)),
    count,
    step: 100,
    training: true,
    logits: empty(rows * classes),
    featureGradients: empty(rows * dimensions),
    gradients: specs.map(({ shape }) => empty(sizeOf(shape))),
    ...change,
  };
}

/** A head's state before the first step. */
export function initialState(head: Head, { dimensions, classes }: HeadSizes): Float32Array[] {
  const specs = head.state?.(dimensions, classes) ?? [];
  return specs.map(({ shape, initial }) => {
    if (initial.kind !== 'constant') throw new Error(`${head.name}: its state starts at random`);
    return new Float32Array(sizeOf(shape)).fill(initial.value);
  });
}

/**
 * Holds a head's gradients against differences of its loss. Where the gradient jumps between the
 * two ends of a difference lies a kink: such points are skipped and counted.
 *
 * @returns how many points were checked and skipped
 * @throws Error where a point disagrees
 */
export function checkHead(head: Head, sizes: HeadSizes, change: Partial<HeadBatch> = {}) {
  const batch = headBatch(head, sizes, change);
  head.loss(batch);
  const inputs = [batch.features, ...batch.parameters];
  const gradients = [batch.featureGradients, ...batch.gradients];
  const at = (input: number, x: Float64Array) => {
    const moved = inputs.map((of, i) => (i === input ? (x as unknown as Float32Array) : of));
    const [features, ...parameters] = moved;
    return headBatch(head, sizes, { ...change, features, parameters });
  };
  const reports = inputs.map((x, input) =>
    checkGradient({
      name: `${head.name}, ${input === 0 ? 'features' : `parameter ${input}`}`,
      f: (moved) => head.loss(at(input, moved)),
      x,
      gradient: gradients[input],
      kinks: (index) => (jumps(head, x, index, (moved) => at(input, moved), input) ? 0 : 1),
      absolute: 1e-7,
      relative: 1e-5,
    }),
  );
  const total = (count: 'checked' | 'skipped') => reports.reduce((sum, r) => sum + r[count], 0);
  return { checked: total('checked'), skipped: total('skipped') };
}

/** Whether the gradient by a coordinate changes much over the width of a difference. */
function jumps(
  head: Head,
  x: ArrayLike<number>,
  index: number,
  at: (x: Float64Array) => HeadBatch,
  input: number,
): boolean {
  const [before, after] = [-1e-5, 1e-5].map((offset) => {
    const moved = Float64Array.from(x);
    moved[index] += offset;
    const batch = at(moved);
    head.loss(batch);
    return [batch.featureGradients, ...batch.gradients][input][index];
  });
  return Math.abs(after - before) > 1e-2 * Math.max(1, Math.abs(before));
}
