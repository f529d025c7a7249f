import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunConfig } from '../src/runs/fields.ts';
import type { RunRecord } from '../src/runs/folder.ts';
import type { EpochEvent } from '../src/runs/metrics.ts';
import { finishedRun } from '../src/runs/result.ts';
import { cifar10Claims } from '../src/studies/cifar10/claims.ts';
import { settingsOf } from '../src/studies/cifar10/options.ts';
import { parseRows } from '../src/studies/cifar10/rows.ts';
import type { Laboratory } from '../src/studies/laboratory.ts';
import { runFolder, type Study, type StudyRun } from '../src/studies/study.ts';
import { stubDataset } from './fakeStudy.ts';

/** Test errors in percent of the last epoch, by model; they behave as the paper says. */
const invented: Record<string, number> = {
  'preact-bn.shake-shake': 15,
  'bn-shake.shake-shake': 22,
  'preact.shake-shake': 48,
  'relu-preact.shake-shake': 15.05,
  'preact-bn.even': 24,
  'relu-preact.even': 26,
  'preact.even': 25,
  'bn-shake.even': 27,
};

const steps = 20;
const data = { title: 'CIFAR-10', source: '/data/cifar10', train: 50_000, test: 10_000 };

/** The study of some rows over so many seeds, to be run in a fake laboratory. */
export function fakeCifar10({ rows = 'all', seeds = 3 } = {}): Study {
  const { config } = settingsOf({ epochs: 3 });
  const dataset = stubDataset('cifar10', 'CIFAR-10');
  const { train, test } = dataset;
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1);
  const runs = numbers.flatMap((seed) =>
    parseRows(rows).map(({ layout, mixing, title }): StudyRun => {
      const id = `${layout}.${mixing}.seed${seed}`;
      return { id, model: title, title, config: { ...config, layout, mixing, seed } };
    }),
  );
  return {
    name: 'cifar10',
    title: 'A table of invented numbers',
    about: 'Eight networks that were never trained, behaving as the paper says.',
    dataset: {
      ...dataset,
      train: { ...train, count: data.train },
      test: { ...test, count: data.test },
    },
    standInFor: null,
    runs,
    claims: cifar10Claims,
    command: 'npx shakelab study cifar10 --epochs 3 --out runs/study-cifar10',
    threads: 2,
  };
}

/** Trains nothing, but leaves the folder of every run; stops in the middle of `interruptAt`. */
export function fakeCifar10Laboratory({ interruptAt = '' } = {}): Laboratory {
  return {
    async *train(config, folder) {
      const kept = await finishedRun(folder);
      const step = kept ? 3 * steps : 0;
      const progress = { step, steps: 3 * steps, stepsPerEpoch: steps, resumed: step > 0 };
      yield { kind: 'start', folder, config, parameters, ...progress, notes: [] };
      const stop = folder.endsWith(interruptAt) && interruptAt !== '';
      if (!kept) await leaveRun(folder, config, stop ? 1 : 3);
      if (stop) yield { kind: 'interrupted', step: steps };
      else yield (await finishedRun(folder))!.result;
    },
    embed: async () => {
      throw new Error('features that are no plane are not embedded');
    },
    epochs: async () => [],
    trial: async () => ({ imagesPerSecond: 500, evaluatedPerSecond: 2000, memoryBytes: 6e8 }),
  };
}

/** Leaves the runs of a study in its folder as if they had been trained. */
export async function leaveRuns(out: string, runs: readonly StudyRun[]): Promise<void> {
  await Promise.all(runs.map((run) => leaveRun(runFolder(out, run), run.config, 3)));
}

const parameters = 732_490;

async function leaveRun(folder: string, config: RunConfig, epochs: number): Promise<void> {
  const record: RunRecord = {
    ...{ config, differs: {}, seed: config.seed, parameters, data },
    code: { shakelab: '0.1.0', commit: 'abc', node: 'v20' },
    machine: { cpu: 'Invented CPU', processors: 2, platform: 'linux x64' },
    startedAt: '2026-01-01T00:00:00.000Z',
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run.json'), JSON.stringify(record));
  const lines = epochEvents(config).slice(0, epochs);
  const metrics = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(join(folder, 'metrics.jsonl'), metrics);
}

function epochEvents({ layout, mixing, seed }: RunConfig): EpochEvent[] {
  const spread = [0, -0.15, 0.15][(seed + layout.length) % 3];
  return [1.8, 1.2, 1].map((factor, index) => {
    const testError = Number((factor * (invented[`${layout}.${mixing}`] + spread)).toFixed(2));
    const losses = { trainLoss: testError / 30, testLoss: testError / 31 };
    const epoch = { epoch: index + 1, step: steps * (index + 1), trainError: 1.1 * testError };
    return { kind: 'epoch', ...epoch, ...losses, testError, imagesPerSecond: 500, seconds: 100 };
  });
}
