import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunConfig } from '../src/runs/fields.ts';
import type { RunStart } from '../src/runs/lifecycle.ts';
import type { EpochEvent } from '../src/runs/metrics.ts';
import type { RunRecord } from '../src/runs/record.ts';
import { finishedRun } from '../src/runs/result.ts';
import type { RunTrainer } from '../src/studies/executor.ts';
import type { TrainingEvent } from '../src/training/trainer.ts';

/** What a fake training invents. */
export interface Invention {
  /** What the data are said to be. */
  data: RunRecord['data'];
  /** The epochs of a run. */
  epochsOf(config: RunConfig): EpochEvent[];
  /** Is asked before a run begins; false interrupts it two epochs before its end. It may throw, too. */
  goesOn?(name: string, config: RunConfig): boolean;
  /** Leaves invented embeddings in a run's folder. */
  embed?(folder: string): Promise<void>;
}

/** Trains nothing, but leaves the folder of every run: a step, the invented epochs, the result. */
export function fakeRunTrainer(invention: Invention): RunTrainer {
  const { epochsOf, goesOn = () => true, embed } = invention;
  return {
    async *train(config, folder) {
      const kept = await finishedRun(folder);
      const epochs = epochsOf(config);
      const { step: steps } = epochs[epochs.length - 1];
      const progress = { step: kept ? steps : 0, steps, stepsPerEpoch: epochs[0].step };
      const judge: RunStart['judge'] =
        invention.data.validation === undefined ? 'test' : 'validation';
      const known = { data: null, finished: false, resumed: !!kept, notes: [], judge };
      yield { kind: 'start', folder, config, parameters, ...progress, ...known };
      if (!kept) {
        await leaveRun(folder, config, invention.data, []);
        yield fakeStep;
        if (!goesOn(basename(folder), config)) {
          await leaveRun(folder, config, invention.data, epochs.slice(0, -2));
          yield { kind: 'interrupted', step: 1 };
          return;
        }
        yield* epochs;
        await leaveRun(folder, config, invention.data, epochs);
        if (invention.data.validation !== undefined) await leaveEnding(folder, epochs);
      }
      yield (await finishedRun(folder))!.result;
    },
    embed: async (folder) => embed?.(folder),
    trial: async () => ({
      ...{ imagesPerSecond: 500, evaluatedPerSecond: 2000, memoryBytes: 6e8 },
      ...{ trained: 50_000, validation: null },
    }),
  };
}

const parameters = 732_490;

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

/** The record of a run that nobody trained. */
export function fakeRecord(config: RunConfig, data: RunRecord['data']): RunRecord {
  return {
    ...{ config, differs: {}, seed: config.seed, parameters, data },
    code: { shakelab: '0.1.0', commit: 'abc', node: 'v20' },
    machine: { cpu: 'Invented CPU', processors: 2, platform: 'linux x64' },
    startedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Leaves what a run says that chose by validation: its last epoch was the best. */
async function leaveEnding(folder: string, epochs: readonly EpochEvent[]): Promise<void> {
  const { epoch, step, ...measures } = epochs[epochs.length - 1];
  const { validationLoss, validationError, testLoss, testError } = measures;
  const best = { ended: 'epochs', epochs: epoch, bestEpoch: epoch, bestStep: step };
  const ending = { ...best, validationLoss, validationError, testLoss, testError };
  await writeFile(join(folder, 'summary.json'), JSON.stringify({ format: 1, ...ending }));
}

/** Leaves a run as if it had been trained for those epochs. */
export async function leaveRun(
  folder: string,
  config: RunConfig,
  data: RunRecord['data'],
  epochs: readonly EpochEvent[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run.json'), JSON.stringify(fakeRecord(config, data)));
  const lines = epochs.map((epoch) => `${JSON.stringify(epoch)}\n`).join('');
  await writeFile(join(folder, 'metrics.jsonl'), lines);
}
