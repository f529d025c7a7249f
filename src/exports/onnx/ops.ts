import type { Node } from '../../graph/graph.ts';
import { epsilon } from '../../ops/batchNorm.ts';
import type { Op } from '../../ops/table.ts';
import type { ExportedNet } from '../exportedNet.ts';
import type { OnnxBuilder } from './onnxBuilder.ts';

/** What an op's writer works with. */
export interface OnnxContext {
  builder: OnnxBuilder;
  exported: ExportedNet;
}

type OpOf<Kind extends Op['kind']> = Extract<Op, { kind: Kind }>;

/** Writes an op in its place, `inputs` being the names of what it reads; gives the name of its output. */
type WriteOp<O> = (context: OnnxContext, op: O, node: Node, inputs: string[]) => string;

/** Each op of a graph as ONNX operations in evaluation form. */
const writers: { [Kind in Op['kind']]: WriteOp<OpOf<Kind>> } = {
  load({ builder }, { channels, mean, std }, _, [images]) {
    const means = builder.floats('normalisation.mean', [channels, 1, 1], mean);
    const deviations = builder.floats('normalisation.std', [channels, 1, 1], std);
    const centred = builder.add('Sub', 'normalisation.centred', [images, means]);
    return builder.add('Div', 'normalisation', [centred, deviations]);
  },

  conv(context, { name, kernel, stride, groups }, _, [x]) {
    const weight = parameter(context, `${name}.weight`);
    const pad = (kernel - 1) / 2;
    return context.builder.add('Conv', name, [x, weight], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group: groups,
    });
  },

  batchNorm(context, { name, copies }, _, [x]) {
    const { builder } = context;
    const read =
      copies === 1
        ? x
        : builder.add('Concat', `${name}.copies`, Array(copies).fill(x), { axis: 1 });
    const inputs = [
      read,
      parameter(context, `${name}.weight`),
      parameter(context, `${name}.bias`),
      parameter(context, `${name}.runningMean`, copies),
      parameter(context, `${name}.runningVariance`, copies),
    ];
    return builder.add('BatchNormalization', name, inputs, { epsilon: { float: epsilon } });
  },

  relu: ({ builder }, _, { part }, inputs) => builder.add('Relu', `${part}.relu`, inputs),

  /** In evaluation nothing is dropped. */
  dropout: (_, __, ___, [x]) => x,

  /**
   * The image, and the same one pixel down and right, where zeros stand outside; of both every `stride`-th pixel, as
   * the largest of one: no converter lacks pooling, several lack slices with steps.
   */
  subsample({ builder }, { stride }, { part, inputs: [{ shape }] }, [x]) {
    const { height, width } = shape;
    const padded = builder.add(
      'Pad',
      `${part}.paths.padded`,
      [x, builder.integers(`${part}.paths.pads`, [0, 0, 1, 1, 0, 0, 0, 0])],
      { mode: 'constant' },
    );
    const shifted = builder.add('Slice', `${part}.paths.shifted`, [
      padded,
      builder.integers(`${part}.paths.starts`, [0, 0]),
      builder.integers(`${part}.paths.ends`, [height, width]),
      builder.integers(`${part}.paths.axes`, [2, 3]),
    ]);
    const sparse = (of: string, name: string) =>
      stride === 1
        ? of
        : builder.add('MaxPool', name, [of], { kernel_shape: [1, 1], strides: [stride, stride] });
    const paths = [sparse(x, `${part}.paths.first`), sparse(shifted, `${part}.paths.second`)];
    return builder.add('Concat', `${part}.paths`, paths, { axis: 1 });
  },

  mix({ builder, exported }, { block, branches, bands }, { part, shape }, [skip, branch]) {
    const alpha = exported.coefficients(block, branches);
    const names = Array.from({ length: branches }, (_, n) => `${part}.branch${n + 1}`);
    const parts =
      branches === 1 ? [branch] : builder.split(`${part}.split`, branch, names, shape.channels);
    return parts.reduce((sum, of, n) => {
      const rows = rowCoefficients(alpha, { branch: n, branches, bands, height: shape.height });
      const dims = [rows.length, 1];
      const coefficient = builder.floats(`${part}.alpha${n + 1}`, dims, rows);
      const weighed = builder.add('Mul', `${part}.branch${n + 1}.weighed`, [of, coefficient]);
      return builder.add('Add', n === branches - 1 ? `${part}.mix` : `${part}.sum`, [sum, weighed]);
    }, skip);
  },

  globalPool({ builder }, _, __, inputs) {
    const pooled = builder.add('GlobalAveragePool', 'pool', inputs);
    return builder.add('Flatten', 'pool.flat', [pooled], { axis: 1 });
  },
};

/** Writes an op as ONNX operations. */
export const writeOp = (context: OnnxContext, node: Node, inputs: string[]): string =>
  (writers[node.op.kind] as WriteOp<Op>)(context, node.op, node, inputs);

/** A tensor of the checkpoint as a constant, several times over where copies share it. */
export function parameter({ builder, exported }: OnnxContext, name: string, copies = 1): string {
  const { shape, data } = exported.tensors.get(name)!;
  const [first, ...rest] = shape;
  const values = new Float32Array(copies * data.length);
  for (let copy = 0; copy < copies; copy++) values.set(data, copy * data.length);
  return builder.floats(name, [copies * first, ...rest], values);
}

interface BandsOfRows {
  branch: number;
  branches: number;
  bands: number;
  height: number;
}

/** A branch's coefficient for each row of the image, or one for all of them. */
function rowCoefficients(
  alpha: Float32Array,
  { branch, branches, bands, height }: BandsOfRows,
): number[] {
  const rows = Array.from({ length: height }, (_, y) => {
    return alpha[Math.floor((y * bands) / height) * branches + branch];
  });
  return rows.every((value) => value === rows[0]) ? [rows[0]] : rows;
}
