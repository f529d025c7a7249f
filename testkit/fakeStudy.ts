import { basename } from 'node:path';
import type { Embedding } from '../src/analysis/embedding.ts';
import type { Dataset } from '../src/data/dataset.ts';
import { defaultConfig } from '../src/runs/fields.ts';
import type { RunResult } from '../src/runs/lifecycle.ts';
import type { EpochEvent } from '../src/runs/metrics.ts';
import type { RunEmbeddings } from '../src/studies/embeddings.ts';
import type { Laboratory } from '../src/studies/laboratory.ts';
import { mnistClaims } from '../src/studies/mnist/claims.ts';
import type { TrainedRun } from '../src/studies/mnist/trainedRun.ts';
import type { Study, StudyRun } from '../src/studies/study.ts';
import type { TrainingEvent } from '../src/training/trainer.ts';
import { blob, embeddingOf } from './clouds.ts';

/** A model with the errors and clouds that an invented training gives it. */
interface FakeModel {
  title: string;
  layout: string;
  mixing: string;
  /** Test error in percent of the first seed. */
  error: number;
  /** How far class directions stray from an even star, in degrees. */
  stray: number;
  /** Standard deviations of a class's samples in both modes; the centres lie 10 from the middle. */
  trainMode: number;
  evaluateMode: number;
}

/** The paper's four models, behaving as the paper says. */
const fakeModels: readonly FakeModel[] = [
  fake('PreAct without shaking', 'preact', 'even', [1.31, 4, 0.72, 0.7]),
  fake('PreAct with shaking', 'preact', 'shake-shake', [25.4, 30, 3.2, 2.1]),
  fake('PreActBN without shaking', 'preact-bn', 'even', [0.94, 3, 0.52, 0.5]),
  fake('PreActBN with shaking', 'preact-bn', 'shake-shake', [0.55, 8, 1.7, 0.4]),
];

/** A study of the four models over so many seeds, to be run in a fake laboratory. */
export function fakeStudy({ seeds = 1, standInFor = null as string | null } = {}): Study {
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1);
  return {
    name: 'mnist',
    title: 'A study of invented numbers',
    about: 'Four networks that were never trained, behaving as the paper says.',
    dataset: standInFor ? stubDataset('digits', 'built-in digits') : stubDataset('mnist', 'MNIST'),
    standInFor,
    runs: numbers.flatMap((seed) => fakeModels.map((model) => fakeRun(model, seed))),
    claims: mnistClaims,
    command: 'npx shakelab study mnist --epochs 3 --out runs/study-mnist',
    threads: 2,
  };
}

/** Trains nothing: every run takes one step and one epoch, or stops after the step. */
export function fakeLaboratory({ perClass = 200, interruptAt = '' } = {}): Laboratory {
  return {
    async *train(config, folder) {
      const progress = { step: 0, steps: 1, stepsPerEpoch: 1, resumed: false, notes: [] };
      yield { kind: 'start', folder, config, parameters, ...progress };
      yield fakeStep;
      if (basename(folder) === interruptAt) {
        yield { kind: 'interrupted', step: 1 };
      } else {
        yield* fakeEpochs(modelOf(folder), seedOf(folder));
        yield resultOf(folder);
      }
    },
    embed: async (folder) => fakeEmbeddings(modelOf(folder), perClass),
    epochs: async (folder) => fakeEpochs(modelOf(folder), seedOf(folder)),
    trial: async () => ({ imagesPerSecond: 500, evaluatedPerSecond: 1500, memoryBytes: 6e8 }),
  };
}

/** The runs of a study as if they had been trained. */
export function fakeTrained({ runs }: Study, perClass = 200): TrainedRun[] {
  return runs.map((run) => ({
    run,
    result: resultOf(run.id),
    epochs: fakeEpochs(modelOf(run.id), seedOf(run.id)),
    embeddings: fakeEmbeddings(modelOf(run.id), perClass),
  }));
}

const parameters = 20_652;

const fakeStep: TrainingEvent = {
  kind: 'step',
  step: 1,
  steps: 1407,
  epoch: 1,
  loss: 2.3,
  error: 90,
  learningRate: 0.1,
  imagesPerSecond: 5000,
};

function fake(
  title: string,
  layout: string,
  mixing: string,
  [error, stray, trainMode, evaluateMode]: [number, number, number, number],
): FakeModel {
  return { title, layout, mixing, error, stray, trainMode, evaluateMode };
}

function resultOf(folder: string): RunResult {
  const epochs = fakeEpochs(modelOf(folder), seedOf(folder));
  const { kind: _, epoch, ...last } = epochs[epochs.length - 1];
  const seconds = epochs.reduce((sum, { seconds }) => sum + seconds, 0);
  return { kind: 'done', folder, ...last, epochs: epoch, parameters, seconds };
}

function fakeEpochs(model: FakeModel, seed: number): EpochEvent[] {
  return [3, 1.5, 1].map((factor, index) => {
    const error = model.error * factor * (1 + 0.02 * seed);
    return {
      kind: 'epoch',
      epoch: index + 1,
      step: 469 * (index + 1),
      trainLoss: error / 30,
      trainError: error * 1.2,
      testLoss: error / 31,
      testError: error,
      imagesPerSecond: 5200,
      seconds: 13,
    };
  });
}

function fakeEmbeddings(model: FakeModel, perClass: number): RunEmbeddings {
  const centres = Array.from({ length: 10 }, (_, k) => {
    const angle = ((36 * k + model.stray * Math.sin(5 * k)) * Math.PI) / 180;
    return [10 * Math.cos(angle), 10 * Math.sin(angle)];
  });
  const star = (deviation: number, count: number): Embedding =>
    embeddingOf(centres.map(([x, y]) => blob(x, y, deviation, count)));
  const evaluateMode = star(model.evaluateMode, perClass);
  return {
    trainMode: star(model.trainMode, perClass),
    evaluateMode,
    test: star(model.evaluateMode * 1.1, Math.ceil(perClass / 6)),
    classifier: { predictions: evaluateMode.labels, classVectors: centres.flat() },
  };
}

function fakeRun({ title, layout, mixing }: FakeModel, seed: number): StudyRun {
  return {
    id: `${layout}.${mixing}.seed${seed}`,
    model: title,
    title: `${title}, seed ${seed}`,
    config: { ...defaultConfig, layout, mixing, seed, features: 2, epochs: 3 },
  };
}

function modelOf(folder: string): FakeModel {
  const [layout, mixing] = basename(folder).split('.');
  return fakeModels.find((model) => model.layout === layout && model.mixing === mixing)!;
}

function seedOf(folder: string): number {
  return Number(folder.split('seed').at(-1));
}

const grey = { channels: 1, height: 28, width: 28 };
const colour = { channels: 3, height: 32, width: 32 };

/** A data set without images. */
export function stubDataset(name: Dataset['name'], title: string): Dataset {
  const split = { count: 0, images: new Uint8Array(), labels: new Uint16Array() };
  return {
    name,
    title,
    source: name === 'digits' ? 'drawn by code' : `/data/${name}`,
    ...(name === 'cifar10' ? colour : grey),
    ...{ mean: [33], std: [79], train: split, test: split },
    classNames: [...'0123456789'],
    augmentation: 'none',
  };
}
