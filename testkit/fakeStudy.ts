import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Embedding } from '../src/analysis/embedding.ts';
import type { Dataset } from '../src/data/dataset.ts';
import { classVectorsName } from '../src/heads/index.ts';
import { saveCheckpoint } from '../src/runs/checkpoint.ts';
import { writeEmbedding } from '../src/runs/embeddings.ts';
import type { EpochEvent } from '../src/runs/metrics.ts';
import { resultOf } from '../src/runs/result.ts';
import type { RunEmbeddings } from '../src/studies/embeddings.ts';
import type { StudyEvent } from '../src/studies/events.ts';
import { type Executor, trainInTurn } from '../src/studies/executor.ts';
import { mnistClaims } from '../src/studies/mnist/claims.ts';
import { mnistStudy } from '../src/studies/mnist/mnist.ts';
import { planOf, type StudyPlan } from '../src/studies/plan.ts';
import { runStudy } from '../src/studies/runStudy.ts';
import type { StudyRun } from '../src/studies/study.ts';
import { summariseRuns } from '../src/studies/summarise.ts';
import type { Summary } from '../src/studies/summary.ts';
import { blob, embeddingOf } from './clouds.ts';
import { fakeRecord, fakeRunTrainer } from './fakeRunTrainer.ts';

/** A model with the errors and clouds that an invented training gives it. */
interface FakeModel {
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
  fake('preact', 'even', [1.31, 4, 0.72, 0.7]),
  fake('preact', 'shake-shake', [25.4, 30, 3.2, 2.1]),
  fake('preact-bn', 'even', [0.94, 3, 0.52, 0.5]),
  fake('preact-bn', 'shake-shake', [0.55, 8, 1.7, 0.4]),
];

/** What is invented of a study. */
export interface FakeStudyOptions {
  seeds?: number;
  standInFor?: string;
  perClass?: number;
  /** The run that is interrupted after its first step. */
  interruptAt?: string;
}

/** The study of the paper's four models on data that are not there. */
const fakeStudy = (standInFor?: string): typeof mnistStudy => ({
  ...mnistStudy,
  title: 'A study of invented numbers',
  about: 'Four networks that were never trained, behaving as the paper says.',
  open: async (settings) => ({
    settings: { ...settings, config: { ...settings.config, epochs: 3 } },
    dataset: standInFor ? stubDataset('digits', 'built-in digits') : stubDataset('mnist', 'MNIST'),
  }),
});

/** Runs the study; nothing is trained, but every run leaves its folder and its embeddings. */
export function runFakeStudy(
  out: string,
  { seeds = 1, standInFor, ...training }: FakeStudyOptions = {},
): AsyncGenerator<StudyEvent> {
  const options = { out, seeds, epochs: 3, threads: 2 };
  return runStudy(fakeStudy(standInFor), options, fakeExecutor(training));
}

function fakeExecutor({ perClass = 200, interruptAt }: FakeStudyOptions): Executor {
  const trainer = fakeRunTrainer({
    data: { title: 'MNIST', source: '/data/mnist', train: 10 * perClass, test: 340 },
    epochsOf: ({ layout, mixing, seed }) => fakeEpochs(modelOf(`${layout}.${mixing}`), seed),
    goesOn: (name) => name !== interruptAt,
    embed: (folder) =>
      leaveEmbeddings(folder, fakeEmbeddings(seeded(modelOf(folder), seedOf(folder)), perClass)),
  });
  return trainInTurn(trainer, mnistStudy);
}

async function leaveEmbeddings(folder: string, embeddings: RunEmbeddings): Promise<void> {
  const { trainMode, evaluateMode, test, classifier } = embeddings;
  const data = Float32Array.from(classifier.classVectors!);
  await saveCheckpoint(folder, {
    step: 1,
    tensors: new Map([[classVectorsName, { shape: [10, 2], data }]]),
  });
  const cells = { 'train.train': trainMode, 'train.evaluate': evaluateMode, 'test.evaluate': test };
  await mkdir(dirname(folder), { recursive: true });
  for (const [name, embedding] of Object.entries(cells)) {
    const labels = Uint16Array.from(embedding.labels);
    await writeEmbedding(folder, name, { ...embedding, labels, predictions: labels });
  }
}

/** The study's plan. */
export async function fakePlan({ seeds = 1, standInFor }: FakeStudyOptions = {}) {
  const study = fakeStudy(standInFor);
  const options = { seeds, epochs: 3, out: 'runs/study-mnist' };
  const { settings, dataset } = await study.open!(await study.settle(options), options);
  const command = 'npx shakelab study mnist --epochs 3 --out runs/study-mnist';
  return planOf({ study, dataset, settings, command, threads: 2 }, study.runs(settings, []));
}

/** The summary of the study with all its runs trained, without any folder. */
export async function fakeSummary({ perClass = 200, ...options }: FakeStudyOptions = {}) {
  const plan = await fakePlan(options);
  return summaryOf(plan, perClass);
}

function summaryOf(plan: StudyPlan, perClass: number): Promise<Summary> {
  const data = { title: 'MNIST', source: '/data/mnist', train: 10 * perClass, test: 340 };
  const trained = plan.runs.map((run: StudyRun) => {
    const epochs = fakeEpochs(modelOf(run.id), run.config.seed);
    const record = fakeRecord(run.config, data);
    const result = resultOf(run.id, record.parameters, epochs);
    const embeddings = async () =>
      fakeEmbeddings(seeded(modelOf(run.id), run.config.seed), perClass);
    return { run, record, epochs, result, embeddings };
  });
  return summariseRuns(plan, trained, mnistClaims);
}

function fake(
  layout: string,
  mixing: string,
  [error, stray, trainMode, evaluateMode]: [number, number, number, number],
): FakeModel {
  return { layout, mixing, error, stray, trainMode, evaluateMode };
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

/** A model as one seed shows it: each strays a little, and each of the models in another way. */
function seeded(model: FakeModel, seed: number): FakeModel {
  const way = fakeModels.indexOf(model) + 1;
  const factor = 1 + 0.004 * Math.sin(way * seed);
  const { stray, trainMode, evaluateMode } = model;
  return {
    ...model,
    stray: stray * factor,
    trainMode: trainMode * factor,
    evaluateMode: evaluateMode * (1 + 0.004 * Math.cos(way * seed)),
  };
}

const seedOf = (folder: string): number => Number(/seed(\d+)$/.exec(folder)![1]);

function modelOf(folder: string): FakeModel {
  const [layout, mixing] = basename(folder).split('.');
  return fakeModels.find((model) => model.layout === layout && model.mixing === mixing)!;
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
