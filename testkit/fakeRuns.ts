import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultConfig, type RunConfig } from '../src/runs/fields.ts';

/** What a run that nobody trained left behind. */
export interface FakeRun extends Partial<RunConfig> {
  /** Epochs done, of 10 steps each. */
  done?: number;
}

/**
 * Writes the folder of a run of 10 steps an epoch, as training would have left it. The record, by which a
 * folder is a run's, comes last: a studio that looks at any moment sees all of it, or nothing.
 */
export async function fakeRun(folder: string, { done = 0, ...values }: FakeRun = {}) {
  const config = { ...defaultConfig, dataset: 'digits', epochs: 10, ...values };
  const record = {
    config,
    differs: {},
    seed: config.seed,
    parameters: 1000,
    data: { title: 'built-in digits', source: 'drawn by code', train: 1280, test: 100 },
    code: { shakelab: '0.1.0', commit: null, node: 'v20' },
    machine: { cpu: 'none', processors: 2, platform: 'linux x64' },
    startedAt: new Date(1e12 + config.seed * 1000).toISOString(),
  };
  await mkdir(folder, { recursive: true });
  const epochs = Array.from({ length: done }, (_, index) => linesOf(index + 1, 10 * config.epochs));
  await writeFile(join(folder, 'metrics.jsonl'), epochs.flat().join(''));
  await writeFile(join(folder, 'run.json.partial'), JSON.stringify(record));
  await rename(join(folder, 'run.json.partial'), join(folder, 'run.json'));
}

/** The lines of one epoch. */
function linesOf(epoch: number, steps: number): string[] {
  const step = 10 * epoch;
  const rates = { learningRate: 0.1, imagesPerSecond: 500 };
  const losses = { trainLoss: 1 / epoch, trainError: 50 / epoch, testLoss: 1, testError: 9 };
  const events = [
    { kind: 'step', step, steps, epoch, loss: 1 / epoch, error: 50, ...rates },
    { kind: 'epoch', epoch, step, ...losses, imagesPerSecond: 500, seconds: 2 },
  ];
  return events.map((event) => `${JSON.stringify(event)}\n`);
}
