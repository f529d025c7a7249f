import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataset } from '../data/datasets.ts';
import { withValidation } from '../data/validation.ts';
import { assess } from '../statistics/assessment.ts';
import { topPredictions } from '../statistics/predictions.ts';
import { bestOf } from './best.ts';
import { loadBest, loadCheckpoint } from './checkpoint.ts';
import { parseConfig } from './config.ts';
import { readRecord } from './folder.ts';
import { type RunEvent, runTraining } from './lifecycle.ts';
import { readEpochs, readMetrics } from './metrics.ts';
import { openRun } from './open.ts';
import { readPredictions, type SplitPredictions } from './predictions.ts';
import { finishedRun } from './result.ts';
import { readSummary } from './summary.ts';

const small = { dataset: 'digits', trainSize: 80, net: 'resnext-8-2x2d', features: 2 };
const config = parseConfig({
  ...{ ...small, batch: 16, epochs: 12, learningRate: 1 },
  ...{ validation: 0.2, patience: 2 },
});

let root: string;
let dataset: Awaited<ReturnType<typeof openDataset>>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-summary-'));
  dataset = await openDataset('digits', { trainSize: 80, testSize: 20 });
  await train('whole');
});
afterAll(() => rm(root, { recursive: true }));

/** Trains or resumes in a folder, and breaks off after some of the events. */
async function train(name: string, events = Infinity, own = config): Promise<RunEvent[]> {
  const told: RunEvent[] = [];
  const folder = join(root, name);
  for await (const event of runTraining({ folder, config: own, dataset, resume: true })) {
    told.push(event);
    if (told.length === events) break;
  }
  return told;
}

async function leftIn(name: string) {
  const [best, last, summary] = await Promise.all(
    ['best.safetensors', 'checkpoint.safetensors', 'summary.json'].map((file) =>
      readFile(join(root, name, file), 'base64'),
    ),
  );
  const metrics = await readMetrics(join(root, name));
  const pace = { imagesPerSecond: 0, seconds: 0 };
  return { best, last, summary, metrics: metrics.map((event) => ({ ...event, ...pace })) };
}

test('a run out of patience ends early, and says which epoch was best', async () => {
  const folder = join(root, 'whole');
  const epochs = await readEpochs(folder);
  const best = bestOf(epochs)!;
  const summary = (await readSummary(folder))!;
  expect(epochs.length).toBeLessThan(12);
  expect(epochs.length - best.epoch).toBe(2);
  expect(summary).toMatchObject({ ended: 'patience', epochs: epochs.length });
  expect(summary).toMatchObject({ bestEpoch: best.epoch, validationError: best.validationError });
  expect((await readRecord(folder)).data).toMatchObject({ train: 64, validation: 16, test: 20 });
});

test('curves are of validation, and test images are seen once, by the best net', async () => {
  const folder = join(root, 'whole');
  for (const epoch of await readEpochs(folder)) {
    expect(epoch.validationError).toBeGreaterThanOrEqual(0);
    expect(epoch).not.toHaveProperty('testError');
  }
  const { bestStep, testError, testLoss } = (await readSummary(folder))!;
  expect((await loadBest(folder))?.state.step).toBe(bestStep);
  const { trainer } = await openRun(folder, { dataset });
  expect(trainer.step).toBe(bestStep);
  expect(await trainer.evaluate('test')).toEqual({ loss: testLoss, error: testError });
  trainer.close();
  expect((await finishedRun(folder))?.result).toMatchObject({ testError, bestEpoch: bestStep / 4 });
});

test('what the best net says of validation images is kept beside what it says of test images', async () => {
  const folder = join(root, 'whole');
  const { step, splits } = (await readPredictions(folder))!;
  const { bestStep, validationError, testError } = (await readSummary(folder))!;
  const { train, validation } = withValidation(dataset, '0.2');
  expect(step).toBe(bestStep);
  expect(splits.validation?.indices).toEqual(Int32Array.from(validation!.places!));
  expect(splits.validation?.labels).toEqual(Int32Array.from(validation!.labels));
  expect([...splits.validation!.indices].filter((place) => train.places!.includes(place))).toEqual(
    [],
  );
  expect(errorOf(splits.validation!)).toBeCloseTo(validationError, 10);
  expect(errorOf(splits.test)).toBeCloseTo(testError, 10);
  const { temperature, tempered } = assess(splits.test, { validation: splits.validation });
  expect(temperature!.temperature === null).toBe(tempered === null);
});

/** In percent. */
function errorOf(predictions: SplitPredictions): number {
  const top = topPredictions(predictions);
  return (100 * top.filter(({ label, predicted }) => label !== predicted).length) / top.length;
}

test('the last checkpoint can be opened as well as the best', async () => {
  const folder = join(root, 'whole');
  const { trainer } = await openRun(folder, { dataset, checkpoint: 'last' });
  expect(trainer.step).toBe((await loadCheckpoint(folder))?.state.step);
  trainer.close();
});

test('broken off after any event and resumed, a run ends as an unbroken one does', async () => {
  const whole = await leftIn('whole');
  const { length } = await train('again');
  for (let events = 2; events < length; events += 3) {
    const name = `broken-${events}`;
    expect((await train(name, events)).length).toBe(events);
    await train(name);
    expect(await leftIn(name), name).toEqual(whole);
  }
});

test('a run killed before its summary is tested when it is resumed', async () => {
  await cp(join(root, 'whole'), join(root, 'untested'), { recursive: true });
  await rm(join(root, 'untested', 'summary.json'));
  expect(await finishedRun(join(root, 'untested'))).toBeUndefined();
  const events = await train('untested');
  expect(events.map(({ kind }) => kind)).toEqual(['start', 'done']);
  expect(await leftIn('untested')).toEqual(await leftIn('whole'));
});

test('without patience all epochs are trained, the best beside the last', async () => {
  const events = await train('patient', Infinity, { ...config, patience: 0, epochs: 3 });
  const summary = await readSummary(join(root, 'patient'));
  expect(summary).toMatchObject({ ended: 'epochs', epochs: 3 });
  expect(events.at(-1)).toMatchObject({ kind: 'done', step: 12 });
});

test('patience without validation images is refused with the remedy', async () => {
  const blind = { ...config, validation: 'auto' };
  await expect(train('blind', Infinity, blind)).rejects.toThrow(
    /patience 2: a run stops early by validation images.*validation 0\.1/,
  );
});

test('the schedule of evaluations changes no weights', async () => {
  const tested = { ...config, validation: 'none', patience: 0, epochs: 3 };
  await train('often', Infinity, { ...tested, evaluateEvery: '1' });
  await train('seldom', Infinity, { ...tested, evaluateEvery: '2' });
  const errors = (await readEpochs(join(root, 'seldom'))).map(({ testError }) => testError);
  expect(errors.map((error) => error === undefined)).toEqual([true, false, false]);
  const [often, seldom] = await Promise.all(
    ['often', 'seldom'].map((name) => readFile(join(root, name, 'checkpoint.safetensors'))),
  );
  expect(often.equals(seldom)).toBe(true);
  expect(await loadBest(join(root, 'often'))).toBeNull();
});

test('a summary that cannot be read is told, and is not taken for none', async () => {
  const folder = join(root, 'unread');
  await cp(join(root, 'whole'), folder, { recursive: true });
  await rm(join(folder, 'summary.json'));
  expect(await finishedRun(folder)).toBeUndefined();
  await mkdir(join(folder, 'summary.json'));
  await expect(finishedRun(folder)).rejects.toThrow('summary.json: cannot be read');
});
