import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.ts';
import { openDataset } from '../data/datasets.ts';
import { properScores, topPredictions } from '../statistics/predictions.ts';
import { NonFiniteLossError } from '../training/trainer.ts';
import { parseConfig } from './config.ts';
import { readHalt } from './halts.ts';
import { type RunEvent, runTraining, type TrainingOptions } from './lifecycle.ts';
import { readMetrics } from './metrics.ts';
import { openRun } from './open.ts';
import { predictionsPath, readPredictions } from './predictions.ts';

const small = { dataset: 'digits', trainSize: 48, net: 'resnext-8-2x2d', features: 2 };
const config = parseConfig({ ...small, batch: 16, epochs: 2 });

let root: string;
let dataset: Dataset;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-lifecycle-'));
  dataset = await openDataset('digits', { trainSize: 48, testSize: 20 });
});
afterAll(() => rm(root, { recursive: true }));

/** Trains or resumes in a folder, and breaks off after some of the events. */
async function train(
  name: string,
  options: Partial<TrainingOptions> = {},
  events = Number.POSITIVE_INFINITY,
): Promise<RunEvent[]> {
  const told: RunEvent[] = [];
  const folder = join(root, name);
  const given = { resume: true, threads: 1, ...options };
  for await (const event of runTraining({ folder, config, dataset, ...given })) {
    told.push(event);
    if (told.length === events) break;
  }
  return told;
}

async function leftIn(name: string) {
  const metrics = await readMetrics(join(root, name));
  return {
    checkpoint: await readFile(join(root, name, 'checkpoint.safetensors'), 'base64'),
    predictions: await readFile(join(root, name, 'predictions.safetensors'), 'base64'),
    metrics: metrics.map((event) => ({ ...event, imagesPerSecond: 0, seconds: 0 })),
  };
}

const summary = ({ kind, ...event }: RunEvent) =>
  'step' in event ? `${kind} ${event.step}` : kind;

describe('runTraining', () => {
  it('warms up over a share of its steps, and goes on with that bit for bit', async () => {
    const warm = { config: parseConfig({ ...small, batch: 16, epochs: 2, warmUp: 0.5 }) };
    const rates = (await train('warm', warm)).flatMap((event) =>
      event.kind === 'step' ? [event.learningRate] : [],
    );
    const rising = [1, 2, 3].map((step) => expect.closeTo((0.1 * step) / 3, 12));
    expect(rates).toEqual([...rising, 0.1, expect.closeTo(0.075, 12), expect.closeTo(0.025, 12)]);
    await train('warm-broken', warm, 3);
    await train('warm-broken', warm);
    expect(await leftIn('warm-broken')).toEqual(await leftIn('warm'));
  });

  it('tells a run from its start to its end', async () => {
    const events = await train('whole');
    expect(events.map(summary)).toEqual([
      'start 0',
      ...['step 1', 'step 2', 'step 3', 'epoch 3', 'checkpoint 3'],
      ...['step 4', 'step 5', 'step 6', 'epoch 6', 'checkpoint 6'],
      'done 6',
    ]);
    expect(events[0]).toMatchObject({ steps: 6, stepsPerEpoch: 3, resumed: false, notes: [] });
    expect(events.at(-1)).toMatchObject({ epochs: 2, folder: join(root, 'whole') });
    expect(existsSync(join(root, 'whole', 'training.lock'))).toBe(false);
  });

  it.each([60, 0])(
    'ends with the same bits when broken off after any event, a checkpoint every %i s',
    async (checkpointSeconds) => {
      const whole = await leftIn('whole');
      for (let events = 1; events <= 12; events++) {
        const name = `broken-${checkpointSeconds}-${events}`;
        await train(name, { checkpointSeconds }, events);
        await train(name, { checkpointSeconds });
        expect(await leftIn(name), `after ${events} events`).toEqual(whole);
      }
    },
  );

  it('gives the same bits for any number of threads', async () => {
    await train('threads', { threads: 3 });
    expect(await leftIn('threads')).toEqual(await leftIn('whole'));
  });

  it('says that it passed over a damaged checkpoint', async () => {
    await train('damaged');
    await truncate(join(root, 'damaged', 'checkpoint.safetensors'), 1000);
    const [start] = await train('damaged');
    expect(start).toMatchObject({ step: 3, resumed: true });
    expect(start).toHaveProperty(
      'notes.0',
      expect.stringMatching(/going on from the previous one/),
    );
    expect(await leftIn('damaged')).toEqual(await leftIn('whole'));
  });

  it('keeps the last good checkpoint when the loss is no longer finite', async () => {
    const wild = parseConfig({ ...config, layout: 'relu conv', learningRate: 1e30, epochs: 9 });
    const run = train('wild', { config: wild, checkpointSeconds: 0 });
    await expect(run).rejects.toThrow(NonFiniteLossError);
    await expect(run).rejects.toThrow(/step \d+.*'relu conv'.*'shake-shake'/);
    expect(existsSync(join(root, 'wild', 'training.lock'))).toBe(false);
    const kept = await readHalt(join(root, 'wild'));
    expect(kept?.message).toMatch(/lower learningRate, weaken the mixing/);
    expect(kept?.message).not.toMatch(/\p{Co}/u);
  });

  it.each(['paused', 'stopped'])(
    'is %s by whoever asks as soon as its lock is there',
    async (kind) => {
      const endless = parseConfig({ ...config, epochs: 100_000 });
      const halt = join(root, kind, 'halt.json');
      await train(kind, { config: endless, signal: AbortSignal.abort() });
      writeFileSync(halt, JSON.stringify({ kind: 'failed', message: 'an earlier failure' }));
      const late = AbortSignal.timeout(60_000);
      const run = train(kind, { config: endless, signal: late });
      while (!existsSync(join(root, kind, 'training.lock'))) await turn();
      writeFileSync(halt, JSON.stringify({ kind, message: null }));
      expect((await run).at(-1)?.kind).toBe('interrupted');
      expect(late.aborted).toBe(false);
      expect(await readHalt(join(root, kind))).toEqual({ kind, message: null });
    },
  );

  it('refuses the earlier name of silenceSeconds, which a config calls its epochs by', async () => {
    const early = { patience: 30, dataset, folder: join(root, 'early'), config };
    await expect(runTraining(early).next()).rejects.toThrow(
      'patience 30: seconds without a sign of life are called silenceSeconds',
    );
    expect(existsSync(early.folder)).toBe(false);
  });

  it('touches nothing for a request that is wrong', async () => {
    const wrong = { ...config, net: 'vgg' };
    await expect(train('wrong', { config: wrong })).rejects.toThrow("net 'vgg'");
    expect(existsSync(join(root, 'wrong'))).toBe(false);
  });
});

describe('the predictions that a run leaves', () => {
  it('are those of its last evaluation', async () => {
    const { step, splits } = (await readPredictions(join(root, 'whole')))!;
    const { logits, labels, indices, classes } = splits.test;
    expect([step, classes, logits.length]).toEqual([6, 10, 200]);
    expect(labels).toEqual(Int32Array.from(dataset.test.labels));
    expect(indices).toEqual(Int32Array.from({ length: 20 }, (_, i) => i));
    const wrong = topPredictions(splits.test).filter((one) => one.predicted !== one.label);
    const last = (await readMetrics(join(root, 'whole'))).at(-1);
    expect(last).toMatchObject({ testError: (100 * wrong.length) / 20 });
    expect(last).toHaveProperty('testLoss', expect.closeTo(properScores(splits.test)!.logLoss, 5));
  });

  it('are made where a run that is done has none, and stay where it has', async () => {
    const path = predictionsPath(join(root, 'threads'));
    await rm(path);
    await train('threads');
    const { mtimeMs } = await stat(path);
    expect(await leftIn('threads')).toEqual(await leftIn('whole'));
    await train('threads');
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
  });
});

describe('openRun', () => {
  it('opens a run as it ended', async () => {
    const { trainer, config: kept } = await openRun(join(root, 'whole'), { dataset });
    const { error, loss } = await trainer.evaluate('test');
    trainer.close();
    expect(kept).toEqual(config);
    const last = (await readMetrics(join(root, 'whole'))).at(-1);
    expect(last).toMatchObject({ testError: error, testLoss: loss });
  });

  it('refuses a run without a checkpoint, and a folder without a run', async () => {
    await train('begun', {}, 2);
    await expect(openRun(join(root, 'begun'), { dataset })).rejects.toThrow('no checkpoint yet');
    await expect(openRun(root, { dataset })).rejects.toThrow('no run is kept there');
  });
});
