import { augment, blend } from '../../ops/augment.ts';
import { batchStatistics } from '../../ops/batchNorm.ts';
import { type ConvOp, conv } from '../../ops/conv.ts';
import { type DropoutOp, dropout } from '../../ops/dropout.ts';
import { globalPool } from '../../ops/globalPool.ts';
import { mix } from '../../ops/mix.ts';
import { relu } from '../../ops/relu.ts';
import { addInto, eachValue, type Tensor, zeros } from '../../ops/tensor.ts';
import type { Hyper } from '../../program/hyper.ts';
import type { InstructionOf, Opcode } from '../../program/instructions.ts';
import type { Slot } from '../../program/slots.ts';
import type { ReferenceMemory } from './memory.ts';
import { gradientSums, moveRunning, openRecord, writeAffine } from './norms.ts';
import { mixOp, rectifiedGradient, showView, termGradient } from './views.ts';

/** What an instruction reads and writes. */
export interface State {
  memory: ReferenceMemory;
  images: Uint8Array;
  indices: Int32Array;
  augmentations: Int32Array;
  hyper: Hyper;
}

/** Runs one instruction. */
export function step<K extends Opcode>(instruction: InstructionOf<K>, state: State): void {
  (steps[instruction.opcode as K] as Rule<K>)(instruction, state);
}

type Rule<K extends Opcode> = (instruction: InstructionOf<K>, state: State) => void;

const steps: { [K in Opcode]: Rule<K> } = {
  load({ to, affine }, { memory, images, indices, augmentations, hyper }) {
    const numbers = memory.values(affine);
    const x = zeros(memory.samples, to);
    const size = to.channels * to.height * to.width;
    eachValue(x, (sample, c, i) => {
      const byte = images[indices[sample] * size + (i % size)];
      x.data[i] = byte * numbers[c] + numbers[to.channels + c];
    });
    memory.write(to, blend(augment(x, augmentations), augmentations, hyper.partnerShare));
  },

  conv({ view, weights, to, ...shape }, { memory }) {
    const op = convOp(shape, to.channels);
    const x = showView(view, memory);
    memory.write(to, conv.forward(op, [x], { parameters: [filter(weights, op, x, memory)] }));
  },

  statistics({ of, runningMean, runningVariance, ...affine }, { memory, hyper }) {
    const { mean, variance, count } = batchStatistics(memory.read(of));
    writeAffine(affine, mean, variance, memory, hyper.epsilon);
    const weight = hyper.statisticsMomentum;
    const unbiased = variance.map((value) => (value * count) / (count - 1));
    moveRunning(memory.values(runningMean), mean, weight);
    moveRunning(memory.values(runningVariance), unbiased, weight);
  },

  normalise({ runningMean, runningVariance, ...affine }, { memory, hyper }) {
    const { channels } = affine.norm;
    const mean = memory.doubles(runningMean, channels);
    const variance = memory.doubles(runningVariance, channels);
    writeAffine(affine, mean, variance, memory, hyper.epsilon);
  },

  mix({ skip, branches, coefficients, to }, { memory }) {
    let y = showView(skip, memory);
    if (branches && coefficients) {
      const alpha = memory.values(coefficients.slot);
      const inputs = [y, showView(branches, memory)];
      y = mix.forward(mixOp(coefficients), inputs, { parameters: [], alpha });
    }
    memory.write(to, y);
  },

  dropout({ view, key, rate, to }, { memory }) {
    const op: DropoutOp = { kind: 'dropout', index: 0, rate };
    const state = { parameters: [], dropoutKey: memory.words(key) };
    memory.write(to, dropout.forward(op, [showView(view, memory)], state));
  },

  pool({ view, to }, { memory }) {
    const x = showView(view, memory);
    memory.values(to).set(globalPool.forward({ kind: 'globalPool' }, [x], { parameters: [] }).data);
  },

  poolGradient({ from, to, shape }, { memory }) {
    const single = { channels: shape.channels, height: 1, width: 1 };
    const g = zeros(memory.samples, single);
    const pixels = shape.height * shape.width;
    g.data.set(memory.doubles(from, g.data.length).map((value) => value / pixels));
    memory.write({ slot: to, ...single }, g);
  },

  accumulate({ terms, to }, { memory }) {
    const sum = zeros(memory.samples, to);
    for (const term of terms) addInto(sum.data, folded(termGradient(term, memory), to.channels));
    memory.write(to, sum);
  },

  normGradient({ term, gamma, gammaGradient, betaGradient }, { memory }) {
    const { of, norm } = term.view;
    const { channels } = norm!;
    const { mean, inverse, slope, curve, offset } = openRecord(norm!, memory);
    const { sum, product } = gradientSums(rectifiedGradient(term, memory), term.view, memory);
    memory.values(betaGradient).set(sum);
    memory.values(gammaGradient).set(product);
    const count = memory.samples * of.height * of.width;
    for (let c = 0; c < sum.length; c++) {
      const from = c % channels;
      const scale = memory.values(gamma)[c] * inverse[from];
      slope[c] = scale;
      curve[c] = (-scale * inverse[from] * product[c]) / count;
      offset[c] = (-scale * sum[c]) / count - curve[c] * mean[from];
    }
  },

  convGradient({ term, view, weights, gradient, to, ...shape }, { memory }) {
    const dy = termGradient(term, memory);
    const op = convOp(shape, dy.channels);
    const x = showView(view, memory);
    const parameters = [filter(weights, op, x, memory)];
    const { inputs, parameters: gradients } = conv.gradient(op, [x], { parameters }, dy);
    memory.values(gradient).set(gradients[0]);
    if (!to) return;
    const [g] = view.relu
      ? relu.gradient({ kind: 'relu' }, [x], { parameters: [] }, inputs[0]).inputs
      : inputs;
    memory.write(to, g);
  },

  /** g += λ w; m = μ m + g; w -= η (g + μ m): Nesterov without dampening. */
  sgd({ parameters, decays, slow }, { memory, hyper }) {
    const decay = decays ? hyper.weightDecay : 0;
    const rate = slow ? hyper.slowRate : hyper.learningRate;
    for (const { value, gradient, momentum } of parameters) {
      const [w, from, m] = [value, gradient, momentum].map((slot) => memory.values(slot));
      for (let i = 0; i < w.length; i++) {
        const g = from[i] + decay * w[i];
        m[i] = hyper.momentum * m[i] + g;
        w[i] -= rate * (g + hyper.momentum * m[i]);
      }
    }
  },
};

function convOp(
  { kernel, stride, groups }: { kernel: number; stride: number; groups: number },
  outChannels: number,
): ConvOp {
  return {
    kind: 'conv',
    name: '',
    kernel: kernel as 1 | 3,
    stride,
    groups,
    merged: 1,
    outChannels,
  };
}

function filter(slot: Slot, op: ConvOp, x: Tensor, memory: ReferenceMemory): Float64Array {
  return memory.doubles(slot, op.outChannels * (x.channels / op.groups) * op.kernel ** 2);
}

/** Adds the copies of the channels of a gradient. */
function folded(g: Tensor, channels: number): Float64Array {
  if (g.channels === channels) return g.data;
  const to = zeros(g.samples, { ...g, channels });
  const size = channels * g.height * g.width;
  eachValue(g, (sample, _, i) => {
    to.data[sample * size + (i % size)] += g.data[i];
  });
  return to.data;
}
