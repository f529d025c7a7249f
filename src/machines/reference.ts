import { augmentationSize } from '../data/augmentation.ts';
import { augment, blend } from '../ops/augment.ts';
import { batchStatistics } from '../ops/batchNorm.ts';
import { type ConvOp, conv } from '../ops/conv.ts';
import { type DropoutOp, dropout } from '../ops/dropout.ts';
import { globalPool } from '../ops/globalPool.ts';
import { mix } from '../ops/mix.ts';
import { relu } from '../ops/relu.ts';
import { addInto, eachValue, type Tensor, zeros } from '../ops/tensor.ts';
import { type Hyper, hyperOrder } from '../program/hyper.ts';
import type { InstructionOf, NormRecord, Opcode, View } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';
import type { Slot } from '../program/slots.ts';
import type { Execution, Machine } from './machine.ts';
import { ReferenceMemory } from './referenceMemory.ts';
import { mixOp, normNumbers, rectifiedGradient, showView, termGradient } from './referenceViews.ts';

/**
 * The slow machine: every instruction spelled out with the ops' own forward and gradient, in
 * double precision. It defines what an instruction does; the native machine is tested against it.
 * Sums, partials and packed weights are a machine's own business; here they lie in plain order.
 */
export const referenceMachine: Machine = { name: 'reference', open };

interface State {
  memory: ReferenceMemory;
  images: Uint8Array;
  indices: Int32Array;
  augmentations: Int32Array;
  hyper: Hyper;
}

function open(program: Program): Execution {
  const memory = new ReferenceMemory(program);
  const hyper = Object.fromEntries(hyperOrder.map((name) => [name, 0])) as unknown as Hyper;
  const images = new Uint8Array();
  const indices = new Int32Array(program.batch);
  const augmentations = new Int32Array(program.batch * augmentationSize);
  const state: State = { memory, images, indices, augmentations, hyper };
  return {
    machine: 'reference',
    values: (slot) => memory.values(slot),
    indices,
    augmentations,
    setImages(bytes) {
      state.images = bytes;
    },
    setHyper: (values) => void Object.assign(hyper, values),
    async run(section, samples) {
      memory.samples = samples;
      for (const instruction of program.sections[section]) step(instruction, state);
      return new Float64Array(program.sections[section].length);
    },
    close() {},
  };
}

function step<K extends Opcode>(instruction: InstructionOf<K>, state: State): void {
  (steps[instruction.opcode as K] as Step<K>)(instruction, state);
}

type Step<K extends Opcode> = (instruction: InstructionOf<K>, state: State) => void;

const steps: { [K in Opcode]: Step<K> } = {
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

  statistics({ norm, of, gamma, beta, running }, { memory, hyper }) {
    const { mean, variance, count } = batchStatistics(memory.read(of));
    writeAffine(norm, mean, variance, [gamma, beta], memory, hyper.epsilon);
    const weight = hyper.statisticsMomentum;
    const unbiased = variance.map((value) => (value * count) / (count - 1));
    moveRunning(memory.values(running.mean), mean, weight);
    moveRunning(memory.values(running.variance), unbiased, weight);
  },

  normalise({ norm, gamma, beta, running }, { memory, hyper }) {
    const mean = memory.doubles(running.mean, norm.channels);
    const variance = memory.doubles(running.variance, norm.channels);
    writeAffine(norm, mean, variance, [gamma, beta], memory, hyper.epsilon);
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

  reduce({ term, sums }, { memory }) {
    writeGradientSums(sums, rectifiedGradient(term, memory), term.view, memory);
  },

  normGradient({ norm, of, sums, gamma, gammaGradient, betaGradient }, { memory }) {
    const { mean, inverse, slope, curve, offset } = normNumbers(norm, memory);
    const wide = norm.channels * norm.copies;
    const count = memory.samples * of.height * of.width;
    const [sum, product] = [0, 1].map((i) => memory.values(sums).slice(i * wide, (i + 1) * wide));
    memory.values(betaGradient).set(sum);
    memory.values(gammaGradient).set(product);
    for (let c = 0; c < wide; c++) {
      const from = c % norm.channels;
      const scale = memory.values(gamma)[c] * inverse[from];
      slope[c] = scale;
      curve[c] = (-scale * inverse[from] * product[c]) / count;
      offset[c] = (-scale * sum[c]) / count - curve[c] * mean[from];
    }
  },

  convGradient({ term, view, input, partials, ...shape }, { memory }) {
    const dy = termGradient(term, memory);
    const op = convOp(shape, dy.channels);
    const x = showView(view, memory);
    const parameters = [filter(input?.weights ?? partials, op, x, memory)];
    const gradient = conv.gradient(op, [x], { parameters }, dy);
    memory.values(partials).set(gradient.parameters[0]);
    if (!input) return;
    let [g] = gradient.inputs;
    if (view.relu) [g] = relu.gradient({ kind: 'relu' }, [x], { parameters: [] }, g).inputs;
    memory.write(input.to, g);
    if (input.sums) writeGradientSums(input.sums, g, view, memory);
  },

  sumFilters({ partials, gradient, outChannels, inChannels, kernel }, { memory }) {
    const size = outChannels * inChannels * kernel ** 2;
    memory.values(gradient).set(memory.values(partials, size));
  },

  pack({ weights, to }, { memory }) {
    memory.values(to).set(memory.values(weights));
  },

  /** g += λ w; m = μ m + g; w -= η (g + μ m): Nesterov without dampening. */
  sgd({ parameters, gradients, momenta, size, decays }, { memory, hyper }) {
    const [w, gradient, m] = [parameters, gradients, momenta].map((slot) =>
      memory.values(slot, size),
    );
    const decay = decays ? hyper.weightDecay : 0;
    for (let i = 0; i < size; i++) {
      const g = gradient[i] + decay * w[i];
      m[i] = hyper.momentum * m[i] + g;
      w[i] -= hyper.learningRate * (g + hyper.momentum * m[i]);
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

/** Sums of g and g x̂ a channel, where a batch norm's gradient will look for them. */
function writeGradientSums(
  sums: Slot,
  g: Tensor,
  { of, norm }: View,
  memory: ReferenceMemory,
): void {
  const { mean, inverse } = normNumbers(norm!, memory);
  const x = memory.read(of);
  const size = x.channels * x.height * x.width;
  const totals = new Float64Array(2 * g.channels);
  eachValue(g, (sample, c, i) => {
    const from = c % of.channels;
    totals[c] += g.data[i];
    totals[g.channels + c] +=
      g.data[i] * (x.data[sample * size + (i % size)] - mean[from]) * inverse[from];
  });
  memory.values(sums).set(totals);
}

function writeAffine(
  norm: NormRecord,
  means: Float64Array,
  variances: Float64Array,
  [gamma, beta]: [Slot, Slot],
  memory: ReferenceMemory,
  epsilon: number,
): void {
  const { mean, inverse, scale, shift } = normNumbers(norm, memory);
  mean.set(means);
  inverse.set(variances.map((variance) => 1 / Math.sqrt(variance + epsilon)));
  for (let c = 0; c < scale.length; c++) {
    scale[c] = memory.values(gamma)[c] * inverse[c % norm.channels];
    shift[c] = memory.values(beta)[c] - scale[c] * mean[c % norm.channels];
  }
}

function moveRunning(running: Float32Array, statistic: Float64Array, weight: number): void {
  if (weight === 0) return;
  for (let c = 0; c < statistic.length; c++)
    running[c] = (1 - weight) * running[c] + weight * statistic[c];
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
