import { RequestError } from '../../errors.ts';
import { shortest } from '../../heads/angular.ts';
import { unseenLogit } from '../../heads/classMeans.ts';
import type { CosineScale, Readout } from '../../heads/head.ts';
import { classVectorsName } from '../../heads/softmax.ts';
import { epsilon } from '../../ops/batchNorm.ts';
import type { OnnxBuilder } from './onnxBuilder.ts';
import { type OnnxContext, parameter } from './ops.ts';

/**
 * Writes a head in evaluation form: the name of the logits [N][K] that follow from `features` [N][D].
 * @throws RequestError for a head that does not say how
 */
export function writeReadout(context: OnnxContext, features: string): string {
  const { readout } = context.exported;
  if (readout?.kind === 'linear') {
    const inputs = [
      features,
      parameter(context, classVectorsName),
      parameter(context, 'head.bias'),
    ];
    return context.builder.add('Gemm', 'head.logits', inputs, { transB: 1 });
  }
  if (readout?.kind === 'cosine') return writeCosine(context, features, readout);
  if (readout?.kind === 'distance') return writeDistance(context, features);
  throw new RequestError(
    'the head does not say how its logits follow from features; give it a `readout`',
  );
}

function writeCosine(
  context: OnnxContext,
  features: string,
  { scale, centralised }: Extract<Readout, { kind: 'cosine' }>,
): string {
  const { builder } = context;
  const centred = centralised ? writeCentred(context, features) : features;
  const read = typeof scale === 'number' ? writeUnit(builder, centred) : centred;
  const vectors = builder.floats('head.vectors', shapeOf(context), classVectorsOf(context, scale));
  return builder.add('Gemm', 'head.logits', [read, vectors], { transB: 1 });
}

const shapeOf = ({ exported }: OnnxContext): number[] =>
  exported.tensors.get(classVectorsName)!.shape;

/** Class vectors [K][D]: as they are, of unit length, or as long as the scale. */
function classVectorsOf({ exported }: OnnxContext, scale: CosineScale): Float32Array {
  const { shape, data } = exported.tensors.get(classVectorsName)!;
  if (scale === 'norms') return data;
  const vectors = new Float32Array(data.length);
  const [, width] = shape;
  for (let at = 0; at < data.length; at += width) {
    const vector = Float64Array.from(data.subarray(at, at + width));
    const norm = Math.max(
      Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)),
      shortest,
    );
    vectors.set(
      vector.map((value) => ((scale === 'feature' ? 1 : scale) * value) / norm),
      at,
    );
  }
  return vectors;
}

/** Features of unit length; those shorter than any direction worth keeping stay short. */
function writeUnit(builder: OnnxBuilder, features: string): string {
  const length = builder.add('ReduceL2', 'head.length', [features], { axes: [1], keepdims: 1 });
  const least = builder.floats('head.shortest', [1], [shortest]);
  const norm = builder.add('Max', 'head.norm', [length, least]);
  return builder.add('Div', 'head.direction', [features, norm]);
}

/** Φ(f) = (f − o) / σ of the running statistics. */
function writeCentred(context: OnnxContext, features: string): string {
  const { builder, exported } = context;
  const { shape, data } = exported.tensors.get('head.runningVariance')!;
  const deviations = data.map((variance) => Math.sqrt(variance + epsilon));
  const mean = parameter(context, 'head.runningMean');
  const deviation = builder.floats('head.deviation', shape, deviations);
  const shifted = builder.add('Sub', 'head.shifted', [features, mean]);
  return builder.add('Div', 'head.centralised', [shifted, deviation]);
}

/** −‖f − mean‖² for every class; a class that was never seen scores less than any distance. */
function writeDistance(context: OnnxContext, features: string): string {
  const { builder, exported } = context;
  const rows = builder.add('Unsqueeze', 'head.rows', [
    features,
    builder.integers('head.axis', [1]),
  ]);
  const apart = builder.add('Sub', 'head.apart', [rows, parameter(context, 'head.classMeans')]);
  const squares = builder.add('ReduceSumSquare', 'head.squares', [apart], {
    axes: [2],
    keepdims: 0,
  });
  const { shape, data: seen } = exported.tensors.get('head.classSeen')!;
  const counts = builder.floats(
    'head.seen',
    shape,
    seen.map((share) => (share > 0 ? -1 : 0)),
  );
  const never = builder.floats(
    'head.unseen',
    shape,
    seen.map((share) => (share > 0 ? 0 : unseenLogit)),
  );
  const distances = builder.add('Mul', 'head.distances', [squares, counts]);
  return builder.add('Add', 'head.logits', [distances, never]);
}
