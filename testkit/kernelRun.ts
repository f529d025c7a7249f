import { augmentationSize } from '../src/data/augmentation.ts';
import type { Execution, Machine } from '../src/machines/machine.ts';
import { lowerNative } from '../src/machines/native/lower.ts';
import { sizeOf } from '../src/nets/parameters.ts';
import type { Program } from '../src/program/program.ts';
import type { Slot } from '../src/program/slots.ts';
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
  /** Fill the native machine's memory with NaN before each timeline. */
  poison?: boolean;
  statisticsMomentum?: number;
}

const imageCount = 60;

/** Runs all sections of a case's program on seeded random numbers: evaluation, then one SGD step. */
export async function runKernelCase(
  machine: Machine,
  one: KernelCase,
  { threads, poison = false, statisticsMomentum = 0.1 }: KernelRun = {},
): Promise<Outcome> {
  const program = kernelProgram(one);
  const execution = machine.open(program, { threads });
  const [samples] = one.samples;
  const outcome: Outcome = new Map();
  const leave = async (name: string, slot: Slot, size = slot.size) => {
    const values = new Float32Array(size);
    await execution.read(slot, values);
    outcome.set(name, values);
  };
  const features = (samples * program.features.size) / program.batch;

  execution.setHyper({ learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 });
  execution.setHyper({ epsilon: 1e-5, statisticsMomentum });
  if (poison) poisonAll(execution, program);
  give(execution, program, one);
  await execution.run('evaluate', samples);
  await leave('evaluated features', program.features, features);

  if (poison) poisonAll(execution, program);
  give(execution, program, one);
  for (const { name, slot } of program.running) await leave(`given ${name}`, slot);
  await execution.run('forward', samples);
  await leave('trained features', program.features, features);
  for (const { name, slot } of program.running) await leave(`running ${name}`, slot);
  await execution.run('backward', samples);
  for (const { name, gradient } of program.parameters) await leave(`gradient ${name}`, gradient);
  await execution.run('update', samples);
  for (const { name, value, momentum } of program.parameters) {
    await leave(`updated ${name}`, value);
    await leave(`momentum ${name}`, momentum);
  }
  execution.close();
  return outcome;
}

/** The native machine's slots lie side by side, the lasting ones first: this fills them all. */
function poisonAll(execution: Execution, program: Program): void {
  const { arenaFloats } = lowerNative(program);
  execution.write(program.lasting[0], new Float32Array(arenaFloats).fill(Number.NaN));
}

/** Writes everything that a program is given from outside, as far as its samples reach. */
export function give(execution: Execution, program: Program, one: KernelCase): void {
  const { parameters, running, coefficients, dropoutKeys, affine, batch } = program;
  const { features, featureGradients } = program;
  const [samples] = one.samples;
  const fill = (slot: Slot, size: number, name: string, draw: (stream: RandomStream) => number) => {
    const stream = randomStream(1, `test/${name}`);
    execution.write(
      slot,
      Float32Array.from({ length: size }, () => draw(stream)),
    );
  };
  for (const { name, shape, value, momentum } of parameters) {
    fill(value, sizeOf(shape), name, parameterLike(name, shape));
    fill(momentum, sizeOf(shape), `momentum ${name}`, (stream) => 0.1 * stream.normal());
  }
  for (const { name, slot } of running)
    fill(slot, slot.size, name, (stream) =>
      name.endsWith('Variance') ? 0.5 + stream.exponential() : 0.5 * stream.normal(),
    );
  coefficients.forEach(({ forward, backward }, block) => {
    const size = one.bands * one.branches * samples;
    fill(forward.slot, size, `alpha ${block}`, (stream) => stream.uniform());
    fill(backward.slot, size, `beta ${block}`, (stream) => stream.uniform());
  });
  for (const key of dropoutKeys) {
    const stream = randomStream(1, `test/${key.name}`);
    execution.write(key, Uint32Array.of(stream.uint32(), stream.uint32()));
  }
  const gradients = (samples * features.size) / batch;
  fill(featureGradients, gradients, 'feature gradients', (stream) => stream.normal());
  const { mean, std } = kernelAffine(one);
  const shifts = mean.map((value, c) => -value / std[c]);
  execution.write(affine, Float32Array.of(...std.map((deviation) => 1 / deviation), ...shifts));
  execution.setImages(kernelImages(one));
  execution.choose(kernelIndices(one), new Int32Array(batch * augmentationSize));
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
