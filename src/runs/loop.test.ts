import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeTraining, fakeTrainer } from '../../testkit/fakeTrainer.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { type KeepingEvent, keepTraining } from './loop.ts';
import { readMetrics } from './metrics.ts';

const training = { epochs: 3, stepsPerEpoch: 30 };
const checkpoint = 'checkpoint.safetensors';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-loop-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Trains from the folder's checkpoint until the end, or until `stop` says so. */
async function train(
  options: { stop?: (event: KeepingEvent) => boolean; signal?: AbortSignal; seconds?: number } = {},
  fake: FakeTraining = training,
): Promise<KeepingEvent[]> {
  const trainer = fakeTrainer(fake);
  const kept = await loadCheckpoint(folder);
  if (kept) trainer.restore(kept.state);
  const events: KeepingEvent[] = [];
  const keeping = { signal: options.signal, checkpointSeconds: options.seconds ?? 60 };
  for await (const event of keepTraining(folder, trainer, keeping)) {
    events.push(event);
    if (options.stop?.(event)) break;
  }
  return events;
}

/** The metrics without what the clock decides. */
async function timeless() {
  const events = await readMetrics(folder);
  return events.map((event) => ({ ...event, imagesPerSecond: 0, seconds: 0 }));
}

async function unbroken() {
  await train();
  const result = { bytes: await readFile(join(folder, checkpoint)), metrics: await timeless() };
  await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'shakelab-loop-'));
  return result;
}

describe('keepTraining', () => {
  it('keeps a line for every epoch and every 20th step', async () => {
    await train();
    const places = (await readMetrics(folder)).map(({ kind, step }) => `${kind} ${step}`);
    expect(places).toEqual([
      'step 20',
      'epoch 30',
      'step 40',
      'step 60',
      'epoch 60',
      'step 80',
      'epoch 90',
    ]);
  });

  it('saves a checkpoint at the end of each epoch', async () => {
    const saved = (await train()).filter(({ kind }) => kind === 'checkpoint');
    expect(saved.map(({ step }) => step)).toEqual([30, 60, 90]);
  });

  it('saves between epochs when time is up, never before the evaluation of an epoch', async () => {
    const saved = (await train({ seconds: 0 })).filter(({ kind }) => kind === 'checkpoint');
    expect(saved.map(({ step }) => step)).toEqual(Array.from({ length: 90 }, (_, i) => i + 1));
    const events = await train();
    expect(events).toEqual([]);
  });

  it('ends with the same bits wherever it was broken off and resumed', async () => {
    const whole = await unbroken();
    const breaks = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(breaks, fc.boolean(), async (lengths, everyStep) => {
        for (const length of lengths) {
          let count = 0;
          await train({ stop: () => ++count === length, seconds: everyStep ? 0 : 60 });
        }
        await train();
        expect(await readFile(join(folder, checkpoint))).toEqual(whole.bytes);
        expect(await timeless()).toEqual(whole.metrics);
        await rm(folder, { recursive: true });
        folder = await mkdtemp(join(tmpdir(), 'shakelab-loop-'));
      }),
      { numRuns: 15 },
    );
  });

  it('goes on from the previous checkpoint to the same bits when the newest is damaged', async () => {
    const whole = await unbroken();
    await train({ stop: ({ kind, step }) => kind === 'checkpoint' && step === 60 });
    await copyFile(join(folder, 'metrics.jsonl'), join(folder, checkpoint));
    await train();
    expect(await readFile(join(folder, checkpoint))).toEqual(whole.bytes);
    expect(await timeless()).toEqual(whole.metrics);
  });

  it.each([7, 30, 31])('saves and stops when aborted at step %i', async (at) => {
    const controller = new AbortController();
    const abort = (event: KeepingEvent): boolean => {
      if (event.step === at) controller.abort();
      return false;
    };
    const events = await train({ stop: abort, signal: controller.signal });
    expect(events.at(-1)).toEqual({ kind: 'checkpoint', step: at });
    expect((await loadCheckpoint(folder))?.state.step).toBe(at);
  });

  it('keeps the last good checkpoint when the training fails', async () => {
    const beforeStep = (step: number): void => {
      if (step === 45) throw new Error('the loss is not finite');
    };
    await expect(train({}, { ...training, beforeStep })).rejects.toThrow('the loss is not finite');
    expect((await loadCheckpoint(folder))?.state.step).toBe(30);
    expect((await readMetrics(folder)).at(-1)?.step).toBe(40);
  });
});
