import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RandomStream } from '../src/random/index.ts';
import { loadCheckpoint } from '../src/runs/checkpoint.ts';
import type { RunConfig } from '../src/runs/fields.ts';
import { readRecord } from '../src/runs/folder.ts';
import { runTraining } from '../src/runs/lifecycle.ts';
import { readMetrics } from '../src/runs/metrics.ts';
import { temporaryFolder } from './dataFiles.ts';
import { type RunningCommand, startShakelab, toldOf } from './shakelab.ts';

/** Epochs of a run that ends only where a test ends it, however fast it trains and however late it is looked at. */
export const endless = 100_000;
const stepsPerEpoch = 16;
const tiny = ['--dataset', 'digits', '--train-size', '256', '--net', 'resnext-8-2x2d'];
const recipe = ['--batch', '16', '--checkpoint-seconds', '0.02'];

/** The words that begin the tiny run of a folder, or go on with it; one thread waits for none. */
export const trainWords = (folder: string, epochs = endless): string[] => [
  ...['train', '--out', folder, '--resume', '--json', '--epochs', String(epochs)],
  ...[...tiny, ...recipe, '--threads', '1'],
];

/** Begins the tiny run of a folder, or goes on with it: a run without an end. */
const trainTo = (folder: string): RunningCommand => startShakelab(...trainWords(folder));

/** What a run leaves: the bytes of its checkpoint, and metrics without what the clock decides. */
export async function leftIn(folder: string) {
  const metrics = await readMetrics(folder);
  return {
    checkpoint: readFileSync(join(folder, 'checkpoint.safetensors')).toString('base64'),
    metrics: metrics.map((event) => ({ ...event, imagesPerSecond: 0, seconds: 0 })),
  };
}

/** Trains a run in this process, or goes on with it, up to a step, which is saved. */
export async function trainUpTo(folder: string, config: RunConfig, step: number): Promise<void> {
  const stop = new AbortController();
  const events = runTraining({ folder, config, resume: true, threads: 1, signal: stop.signal });
  for await (const event of events) {
    if (event.kind === 'step' && event.step === step) stop.abort();
  }
}

/** What a run has left must be what it leaves where it is trained without a break to the step where it stands. */
export async function expectUnbroken(folder: string, message?: string): Promise<void> {
  const { config } = await readRecord(folder);
  const { state } = (await loadCheckpoint(folder))!;
  const other = await temporaryFolder();
  await trainUpTo(other, config, state.step);
  expect(await leftIn(folder), message).toEqual(await leftIn(other));
  await rm(other, { recursive: true });
}

/** Lets a command run to a random moment, before or after its first step, and kills it. */
async function killAtRandom(command: RunningCommand, random: RandomStream) {
  if (random.bernoulli(0.25)) await sleep(random.uniform() * 500);
  else await toldOf(command, 'step', 1 + random.integer(2 * stepsPerEpoch));
  await sleep(random.uniform() * 30);
  command.child.kill('SIGKILL');
  return command.ending;
}

/** Kills the run of a folder so many times, going on with it each; counts those that hit it alive. */
export async function killAndResume(folder: string, rounds: number, random: RandomStream) {
  let kills = 0;
  for (let round = 0; round < rounds; round++) {
    const { signal } = await killAtRandom(trainTo(folder), random);
    if (signal === 'SIGKILL') kills++;
  }
  return kills;
}

/** Sends signals to the run of a folder once it is under way, which must save a checkpoint of where it stands, and end. */
export async function expectSavedBy(signals: readonly NodeJS.Signals[], folder: string) {
  const command = trainTo(folder);
  await toldOf(command, 'step', stepsPerEpoch + 1);
  for (const signal of signals) {
    command.child.kill(signal);
    await sleep(1);
  }
  const { code, out } = await command.ending;
  const events = out.trim().split('\n');
  const [saved, last] = events.slice(-2).map((line) => JSON.parse(line));
  expect([code, saved.kind]).toEqual([130, 'checkpoint']);
  expect(last).toEqual({ kind: 'interrupted', step: saved.step });
}
