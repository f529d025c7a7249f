import type { RunConfig } from '../src/runs/fields.ts';
import { type Executor, trainInTurn } from '../src/studies/executor.ts';
import { searchStudy } from '../src/studies/search/search.ts';
import { NonFiniteLossError } from '../src/training/trainer.ts';
import { fakeRunTrainer } from './fakeRunTrainer.ts';

/** What a fake search was asked to train, and what it does at some runs. */
export interface FakeSearch {
  executor: Executor;
  /** Folder names of the runs that were trained, in order. */
  trained: string[];
}

/**
 * An executor that trains nothing: a batch norm last takes 6 points off, one in the middle 2,
 * shaking adds 3, more where no batch norm is last, and time makes all better. A shaken net without
 * any batch norm diverges.
 */
export function fakeSearch({ interruptAt = -1 } = {}): FakeSearch {
  const trained: string[] = [];
  const trainer = fakeRunTrainer({
    data: { title: 'digits', source: 'drawn by code', train: 64, test: 200 },
    epochsOf: (config) => Array.from({ length: config.epochs }, (_, k) => epochOf(config, k + 1)),
    goesOn(name, config) {
      if (trained.length === interruptAt) return false;
      trained.push(name);
      if (!diverges(config)) return true;
      throw new NonFiniteLossError('the loss', 3, config.layout, config.mixing);
    },
  });
  return { trained, executor: trainInTurn(trainer, searchStudy) };
}

const diverges = ({ layout, mixing }: RunConfig): boolean =>
  mixing !== 'even' && !spelled(layout).includes('bn');

function epochOf(config: RunConfig, epoch: number) {
  const testError = errorOf(config);
  const measures = { trainLoss: 1, trainError: 10, testLoss: 1, testError };
  return {
    kind: 'epoch' as const,
    epoch,
    step: epoch,
    ...measures,
    imagesPerSecond: 1,
    seconds: 2,
  };
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
