import { sizeOf } from '../src/nets/parameters.ts';
import type { OpState } from '../src/ops/rule.ts';
import { type Op, ruleOf } from '../src/ops/table.ts';
import type { Shape, Tensor } from '../src/ops/tensor.ts';
import { randomStream } from '../src/random/index.ts';
import { checkGradient } from './checkGradient.ts';

/** `shape(2, 3, 5)`: 2 channels of 3 × 5 pixels. */
export const shape = (channels: number, height: number, width: number): Shape => ({
  channels,
  height,
  width,
});

/** A tensor of one sample, unless `samples` says otherwise, with the values given. */
export const tensor = (of: Shape, values: ArrayLike<number>, samples = 1): Tensor => ({
  ...of,
  samples,
  data: Float64Array.from(values),
});

/** Seeded normal numbers; the same for the same name and count. */
export function normals(name: string, count: number): Float64Array {
  const stream = randomStream(1, `test/${name}`);
  return Float64Array.from({ length: count }, () => stream.normal());
}

export interface OpCheck {
  op: Op;
  /** Shapes of the inputs; their values and those of the parameters are drawn. */
  inputs: Shape[];
  samples?: number;
  state?: Omit<OpState, 'parameters'>;
  /** How far a value of the input can move before the op meets a kink. */
  kink?: (value: number) => number;
}

/**
 * Holds an op's gradients for all its inputs and parameters against central differences of its
 * own forward, weighed by random numbers; and the forward's shape against the shape rule.
 *
 * @returns one line for every gradient checked
 * @throws Error at the first gradient or shape that is wrong
 */
export function checkOp({ op, inputs, samples = 3, state = {}, kink }: OpCheck): string[] {
  const rule = ruleOf(op);
  const xs = inputs.map((of, i) => tensor(of, normals(`input${i}`, samples * extent(of)), samples));
  const parameters = rule
    .parameters(op, inputs)
    .map(({ name, shape }) => normals(name, sizeOf(shape)));
  const full = { ...state, parameters };
  const y = rule.forward(op, xs, full);
  requireShape(op, y, { ...rule.shape(op, inputs), samples });
  const dy = { ...y, data: normals('dy', y.data.length) };
  const weighed = (tensors: Tensor[], given: OpState) =>
    rule.forward(op, tensors, given).data.reduce((sum, v, i) => sum + v * dy.data[i], 0);

  const gradient = rule.gradient(op, xs, full, dy);
  const ofInputs = xs.map((x, i) => {
    requireShape(op, gradient.inputs[i], x);
    const f = (data: Float64Array) => weighed(xs.with(i, { ...x, data }), full);
    const kinks = kink && ((at: number) => kink(x.data[at]));
    const name = `${op.kind}, input ${i}`;
    return checkGradient({ name, f, x: x.data, gradient: gradient.inputs[i].data, kinks });
  });
  const ofParameters = parameters.map((x, i) => {
    const f = (data: Float64Array) =>
      weighed(xs, { ...full, parameters: parameters.with(i, data) });
    const name = `${op.kind}, parameter ${i}`;
    return checkGradient({ name, f, x, gradient: gradient.parameters[i] });
  });
  return [...ofInputs, ...ofParameters].map(({ text }) => text);
}

const extent = ({ channels, height, width }: Shape): number => channels * height * width;

function requireShape({ kind }: Op, actual: Tensor, expected: Shape & { samples: number }): void {
  const text = (t: Shape & { samples: number }) =>
    `[${t.samples}, ${t.channels}, ${t.height}, ${t.width}]`;
  const size = expected.samples * extent(expected);
  if (text(actual) === text(expected) && actual.data.length === size) return;
  throw new Error(
    `${kind}: ${actual.data.length} values as ${text(actual)}, expected ${text(expected)}`,
  );
}
