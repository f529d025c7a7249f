import type { Trainer, TrainingEvent } from '../src/training/trainer.ts';

/** What a fake training does at its steps. */
export interface FakeTraining {
  epochs: number;
  stepsPerEpoch: number;
  /** Called before the events of a step; may throw, as a training with a non-finite loss does. */
  beforeStep?: (step: number) => void | Promise<void>;
}

/**
 * A trainer without a net: a parameter and its momentum chase a number that depends on the step,
 * in arithmetic that forgets nothing, so that a wrong resume shows in the last bits.
 */
export function fakeTrainer({ epochs, stepsPerEpoch, beforeStep }: FakeTraining): Trainer {
  let step = 0;
  let weight = new Float32Array([0.5, -0.25]);
  let momentum = new Float32Array(2);
  let losses = new Float32Array(1);
  const steps = epochs * stepsPerEpoch;

  const advance = (): number => {
    const loss = Math.fround(Math.abs(weight[0] - Math.sin(step)));
    weight.forEach((value, index) => {
      momentum[index] = 0.9 * momentum[index] + (value - Math.sin(step + index));
      weight[index] = value - 0.05 * momentum[index];
    });
    losses[0] += loss;
    step++;
    return loss;
  };
  const stepEvent = (loss: number): TrainingEvent => {
    const epoch = Math.ceil(step / stepsPerEpoch);
    const pace = { learningRate: 0.1, imagesPerSecond: 1000 + Math.random() };
    return { kind: 'step', step, steps, epoch, loss, error: loss, ...pace };
  };
  const epochEvent = (): TrainingEvent => {
    const epoch = step / stepsPerEpoch;
    const trainLoss = losses[0] / stepsPerEpoch;
    const test = { testLoss: weight[0], testError: Math.abs(weight[1]) };
    losses[0] = 0;
    const pace = { imagesPerSecond: 1000 + Math.random(), seconds: 1 + Math.random() };
    return { kind: 'epoch', epoch, step, trainLoss, trainError: trainLoss, ...test, ...pace };
  };

  return {
    parameterCount: 2,
    steps,
    stepsPerEpoch,
    kernels: { isa: 'none', version: 1 },
    get step() {
      return step;
    },
    state: async () => ({
      step,
      tensors: new Map([
        ['weight', { shape: [2], data: weight.slice() }],
        ['momentum.weight', { shape: [2], data: momentum.slice() }],
        ['epoch.loss', { shape: [1], data: losses.slice() }],
      ]),
    }),
    restore(state) {
      step = state.step;
      weight = state.tensors.get('weight')!.data.slice();
      momentum = state.tensors.get('momentum.weight')!.data.slice();
      losses = state.tensors.get('epoch.loss')!.data.slice();
    },
    async *train() {
      while (step < steps) {
        await beforeStep?.(step + 1);
        yield stepEvent(advance());
        if (step % stepsPerEpoch === 0) yield epochEvent();
      }
    },
    evaluate: async () => ({ loss: weight[0], error: Math.abs(weight[1]) }),
    predict: async () => {
      throw new Error('a fake trainer has no images');
    },
    embed: async () => {
      throw new Error('a fake trainer has no images');
    },
    close() {},
  };
}
