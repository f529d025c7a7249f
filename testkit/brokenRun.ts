import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RandomStream } from '../src/random/index.ts';
import { readMetrics } from '../src/runs/metrics.ts';
import { type RunningCommand, startShakelab } from './shakelab.ts';

/** Many enough for the run to be under way still when a busy machine lets a test act on it. */
export const epochs = 8;
export const stepsPerEpoch = 16;
const tiny = ['--dataset', 'digits', '--train-size', '256', '--net', 'resnext-8-2x2d'];
const recipe = ['--batch', '16', '--epochs', String(epochs), '--checkpoint-seconds', '0.02'];

/** The words that begin the tiny run of a folder, or go on with it; one thread waits for none. */
export const trainWords = (folder: string): string[] => [
  ...['train', '--out', folder, '--resume', '--json'],
  ...[...tiny, ...recipe, '--threads', '1'],
];

/** Begins the tiny run of a folder, or goes on with it. */
export const trainTo = (folder: string): RunningCommand => startShakelab(...trainWords(folder));

/** What a run leaves: the bytes of its checkpoint, and metrics without what the clock decides. */
export async function leftIn(folder: string) {
  const metrics = await readMetrics(folder);
  return {
    checkpoint: readFileSync(join(folder, 'checkpoint.safetensors')).toString('base64'),
    metrics: metrics.map((event) => ({ ...event, imagesPerSecond: 0, seconds: 0 })),
  };
}

/** Trains the tiny run to its end without a break, in a folder; what it leaves. */
export async function unbrokenRun(folder: string) {
  const { code, err } = await trainTo(folder).ending;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const left = await leftIn(folder);
  expect(left.metrics.at(-1)).toMatchObject({ kind: 'epoch', epoch: epochs });
  return left;
}

/** Waits until the command has told so many events, or has ended. */
export async function told({ child, ending }: RunningCommand, events: number): Promise<void> {
  let lines = 0;
  const enough = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => {
      lines += text.split('\n').length - 1;
      if (lines >= events) resolve();
    });
  });
  await Promise.race([enough, ending]);
}

/** Lets a command run to a random moment, before or after its first step, and kills it. */
async function killAtRandom(command: RunningCommand, random: RandomStream) {
  if (random.bernoulli(0.25)) await sleep(random.uniform() * 500);
  else await told(command, 1 + random.integer(2 * stepsPerEpoch));
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
  await told(command, 2);
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
