import { mkdirSync } from 'node:fs';
import type { RunConfig } from '../src/runs/fields.ts';
import type { RunResult } from '../src/runs/result.ts';
import type { Laboratory } from '../src/studies/laboratory.ts';
import { NonFiniteLossError } from '../src/training/trainer.ts';
import { fakeLaboratory } from './fakeStudy.ts';

/** What a fake laboratory was asked to train, and what it does at some runs. */
export interface FakeSearch {
  laboratory: Laboratory;
  /** Folder names of the runs that were trained, in order. */
  trained: string[];
}

/**
 * A laboratory that trains nothing: a batch norm last takes 6 points off, one in the middle 2,
 * shaking adds 3, more where no batch norm is last, and time makes all better. A shaken net without
 * any batch norm diverges.
 */
export function fakeSearch({ interruptAt = -1 } = {}): FakeSearch {
  const trained: string[] = [];
  return {
    trained,
    laboratory: {
      ...fakeLaboratory(),
      async *train(config, folder) {
        const progress = { step: 0, steps: 1, stepsPerEpoch: 1, resumed: false, notes: [] };
        if (trained.length === interruptAt) return;
        mkdirSync(folder, { recursive: true });
        yield { kind: 'start', folder, config, parameters: 9, ...progress };
        trained.push(folder.split('/').at(-1)!);
        if (diverges(config))
          throw new NonFiniteLossError('the loss', 3, config.layout, config.mixing);
        yield resultOf(folder, config);
      },
    },
  };
}

const diverges = ({ layout, mixing }: RunConfig): boolean =>
  mixing !== 'even' && !spelled(layout).includes('bn');

function resultOf(folder: string, config: RunConfig): RunResult {
  const testError = errorOf(config);
  const measures = { trainLoss: 1, trainError: 10, testLoss: 1, testError };
  const effort = { step: 1, epochs: config.epochs, parameters: 9, imagesPerSecond: 1, seconds: 2 };
  return { kind: 'done', folder, ...effort, ...measures };
}

function errorOf({ layout, mixing, epochs, seed }: RunConfig): number {
  const steps = spelled(layout);
  const last = steps.endsWith('bn') ? -6 : 0;
  const middle = steps.includes('conv bn relu') ? -2 : 0;
  const shaken = mixing === 'even' ? 0 : 3 + (steps.endsWith('bn') ? 0 : 8);
  return 20 + last + middle + shaken - Math.log(epochs) + 0.01 * seed;
}

const names: Record<string, string> = {
  preact: 'bn relu conv bn relu conv',
  'preact-bn': 'bn relu conv bn relu conv bn',
  'relu-preact': 'relu conv bn relu conv bn',
  'bn-shake': 'relu conv relu conv bn',
};

const spelled = (layout: string): string => names[layout] ?? layout;
