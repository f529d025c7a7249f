import { type BatchNormOp, batchNorm } from '../../ops/batchNorm.ts';
import { type MixOp, mix } from '../../ops/mix.ts';
import { relu } from '../../ops/relu.ts';
import { type SubsampleOp, subsample } from '../../ops/subsample.ts';
import { eachValue, type Tensor, zeros } from '../../ops/tensor.ts';
import { type Coefficients, type Term, type View, viewShape } from '../../program/operands.ts';
import type { ReferenceMemory } from './memory.ts';
import { openRecord } from './norms.ts';

const stateless = { parameters: [] };
const rectifier = { kind: 'relu' } as const;
const sampling = (stride: number): SubsampleOp => ({ kind: 'subsample', stride });

/** What a view shows, computed with the ops it stands for. */
export function showView(view: View, memory: ReferenceMemory): Tensor {
  let x = normalised(view, memory);
  if (view.relu) x = relu.forward(rectifier, [x], stateless);
  if (view.subsample) x = subsample.forward(sampling(view.subsample), [x], stateless);
  return x;
}

/** The view before its rectifier. */
function normalised({ of, norm }: View, memory: ReferenceMemory): Tensor {
  const x = memory.read(of);
  if (!norm) return x;
  const { scale, shift } = openRecord(norm, memory);
  const y = repeated(x, norm.copies);
  eachValue(y, (_, c, i) => {
    y.data[i] = y.data[i] * scale[c] + shift[c];
  });
  return y;
}

/** An activation with its channels repeated. */
function repeated(x: Tensor, copies: number): Tensor {
  const identity: BatchNormOp = { kind: 'batchNorm', name: '', copies };
  const y = zeros(x.samples, batchNorm.shape(identity, [x]));
  const size = x.channels * x.height * x.width;
  eachValue(y, (sample, _, i) => {
    y.data[i] = x.data[sample * size + (i % size)];
  });
  return y;
}

/** The mix op that a set of coefficients stands for. */
export const mixOp = ({ branches, bands }: Coefficients): MixOp => ({
  kind: 'mix',
  block: 0,
  branches,
  bands,
});

/** dL/dv of a term's view, past the rectifier: g in dx = slope · g + curve · x + offset. */
export function rectifiedGradient(term: Term, memory: ReferenceMemory): Tensor {
  const shape = viewShape(term.view);
  if (term.kind === 'stored') return memory.readShape(term.gradient, shape);
  const before = normalised(term.view, memory);
  const g = arriving(term, before, memory);
  return term.view.relu ? relu.gradient(rectifier, [before], stateless, g).inputs[0] : g;
}

/** The gradient that arrives at a term's view. */
function arriving(term: Term, view: Tensor, memory: ReferenceMemory): Tensor {
  if (term.kind === 'pooled') {
    const g = memory.readShape(term.gradient, { channels: view.channels, height: 1, width: 1 });
    const spread = zeros(view.samples, view);
    eachValue(spread, (sample, c, i) => {
      spread.data[i] = g.data[sample * view.channels + c];
    });
    return spread;
  }
  const g = memory.readShape(term.gradient, { ...view, channels: term.channels });
  if (term.kind !== 'mixed') return g;
  const state = { parameters: [], beta: memory.values(term.coefficients!.slot) };
  return mix.gradient(mixOp(term.coefficients!), [g, view], state, g).inputs[1];
}

/** A term as the gradient of the activation that its view reads. */
export function termGradient(term: Term, memory: ReferenceMemory): Tensor {
  const { of, norm } = term.view;
  const g = rectifiedGradient(term, memory);
  const x = memory.read(of);
  if (term.view.subsample)
    return subsample.gradient(sampling(term.view.subsample), [x], stateless, g).inputs[0];
  if (!norm) return g;
  const { slope, curve, offset } = openRecord(norm, memory);
  const dx = zeros(x.samples, x);
  const size = x.channels * x.height * x.width;
  eachValue(g, (sample, c, i) => {
    const to = sample * size + (i % size);
    dx.data[to] += slope[c] * g.data[i] + curve[c] * x.data[to] + offset[c];
  });
  return dx;
}
