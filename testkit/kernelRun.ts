import type { Execution, Machine } from '../src/machines/machine.ts';
import { sizeOf } from '../src/nets/parameters.ts';
import type { Convolutions } from '../src/program/algorithm.ts';
import type { Program } from '../src/program/program.ts';
import { type Slot, wordsOf } from '../src/program/slots.ts';
import { type RandomStream, randomStream } from '../src/random/index.ts';
import { type KernelCase, kernelAffine, kernelProgram } from './kernelCases.ts';

/**
 * What a program leaves, by name: `evaluated features`, `trained features`, and with the tensor's
 * own name after it `given` and `running` (statistics before and after), `gradient`, `updated`,
 * `momentum`.
 */
export type Outcome = Map<string, Float32Array>;

export interface KernelRun {
  threads?: number;
  /** Fill all memory that a section must not read with NaN before each timeline. */
  poison?: boolean;
  statisticsMomentum?: number;
  convolutions?: Convolutions;
}

const imageCount = 60;

/** Runs all sections of a case's program on seeded random numbers: evaluation, then one SGD step. */
export async function runKernelCase(
  machine: Machine,
  one: KernelCase,
  { threads, poison = false, statisticsMomentum = 0.1, convolutions }: KernelRun = {},
): Promise<Outcome> {
  const program = kernelProgram(one, convolutions);
  const execution = machine.open(program, { threads });
  const [samples] = one.samples;
  const outcome: Outcome = new Map();
  const leave = (name: string, slot: Slot, size: number) =>
    outcome.set(name, execution.values(slot).slice(0, size));
  const features = (samples * program.features.size) / program.batch;

  execution.setHyper({ learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 });
  execution.setHyper({ epsilon: 1e-5, statisticsMomentum });
  if (poison) poisonArena(execution, program);
  give(execution, program, one);
  await execution.run('evaluate', samples);
  leave('evaluated features', program.features, features);

  if (poison) poisonArena(execution, program);
  give(execution, program, one);
  for (const { name, slot, channels } of program.running) leave(`given ${name}`, slot, channels);
  await execution.run('forward', samples);
  leave('trained features', program.features, features);
  for (const { name, slot, channels } of program.running) leave(`running ${name}`, slot, channels);
  await execution.run('backward', samples);
  for (const { name, shape, gradient } of program.parameters)
    leave(`gradient ${name}`, gradient, sizeOf(shape));
  await execution.run('update', samples);
  for (const { name, shape, value, momentum } of program.parameters) {
    leave(`updated ${name}`, value, sizeOf(shape));
    leave(`momentum ${name}`, momentum, sizeOf(shape));
  }
  execution.close();
  return outcome;
}

function poisonArena(execution: Execution, { placement }: Program): void {
  for (const slot of placement.keys()) execution.values(slot).fill(Number.NaN);
}

/** Writes everything that a program is given from outside, as far as its samples reach. */
export function give(execution: Execution, program: Program, one: KernelCase): void {
  const { parameters, running, coefficients, dropoutKeys, affine, batch } = program;
  const { features, featureGradients } = program;
  const [samples] = one.samples;
  const fill = (slot: Slot, size: number, name: string, draw: (stream: RandomStream) => number) => {
    const stream = randomStream(1, `test/${name}`);
    execution.values(slot).set(Float32Array.from({ length: size }, () => draw(stream)));
  };
  for (const { name, shape, value, momentum } of parameters) {
    fill(value, sizeOf(shape), name, parameterLike(name, shape));
    fill(momentum, sizeOf(shape), `momentum ${name}`, (stream) => 0.1 * stream.normal());
  }
  for (const { name, slot, channels } of running)
    fill(slot, channels, name, (stream) =>
      name.endsWith('Variance') ? 0.5 + stream.exponential() : 0.5 * stream.normal(),
    );
  coefficients.forEach(({ forward, backward }, block) => {
    const size = one.bands * one.branches * samples;
    fill(forward.slot, size, `alpha ${block}`, (stream) => stream.uniform());
    fill(backward.slot, size, `beta ${block}`, (stream) => stream.uniform());
  });
  for (const key of dropoutKeys) {
    const stream = randomStream(1, `test/${key.name}`);
    wordsOf(execution.values(key)).set([stream.uint32(), stream.uint32()]);
  }
  const gradients = (samples * features.size) / batch;
  fill(featureGradients, gradients, 'feature gradients', (stream) => stream.normal());
  const { mean, std } = kernelAffine(one);
  const shifts = mean.map((value, c) => -value / std[c]);
  execution.values(affine).set([...std.map((deviation) => 1 / deviation), ...shifts]);
  execution.setImages(kernelImages(one));
  execution.indices.set(kernelIndices(one));
}

/**
 * Weights that keep the scale of what they read; γ of either sign but not near 0, where one batch
 * norm after another would lose all digits; β around 0.
 */
function parameterLike(name: string, shape: number[]): (stream: RandomStream) => number {
  if (shape.length > 1) {
    const deviation = Math.sqrt(2 / sizeOf(shape.slice(1)));
    return (stream) => deviation * stream.normal();
  }
  if (name.endsWith('bias')) return (stream) => 0.4 * stream.normal();
  return (stream) => (stream.bernoulli(0.2) ? -1 : 1) * (0.5 + stream.uniform());
}

/** Random images [60][channels][height][width], and which of them a batch takes. */
export function kernelImages({ channels, size: [height, width] }: KernelCase): Uint8Array {
  const stream = randomStream(1, 'test/images');
  const bytes = imageCount * channels * height * width;
  return Uint8Array.from({ length: bytes }, () => stream.integer(256));
}

export function kernelIndices({ samples: [, batch] }: KernelCase): Int32Array {
  const stream = randomStream(1, 'test/indices');
  return Int32Array.from({ length: batch }, () => stream.integer(imageCount));
}
