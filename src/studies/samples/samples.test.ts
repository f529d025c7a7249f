import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRunTrainer } from '../../../testkit/fakeRunTrainer.ts';
import type { RunConfig } from '../../runs/fields.ts';
import type { EpochEvent } from '../../runs/metrics.ts';
import { type RunTrainer, trainInTurn } from '../executor.ts';
import { runStudy } from '../runStudy.ts';
import { samplesStudy } from './samples.ts';
import { samplesSettings } from './settings.ts';
import type { SamplesSummary } from './summary.ts';

/** Shaking takes points off where samples are few, and adds some where they are many. */
const shift = new Map([
  [64, -4],
  [256, 4],
]);

function errorOf({ mixing, trainSize, learningRate, epochs, seed }: RunConfig): number {
  const shaken = mixing === 'even' ? 0 : shift.get(trainSize!)! + 0.1 * (seed % 3);
  return 30 + shaken + 100 * Math.abs(learningRate - 0.1) - 0.01 * epochs + 0.05 * seed;
}

function epochOf(config: RunConfig): EpochEvent {
  const error = errorOf(config);
  const validated =
    config.validation === 'none' ? {} : { validationLoss: 1, validationError: error };
  const trained = { trainLoss: 1, trainError: 1, imagesPerSecond: 1, seconds: 2 };
  const { epochs: epoch } = config;
  return {
    kind: 'epoch',
    epoch,
    step: epoch,
    ...trained,
    ...validated,
    testLoss: 1,
    testError: error,
  };
}

/** What a run with validation leaves besides: how many images it chose by, and how it ended. */
async function leaveEnding(folder: string, config: RunConfig): Promise<void> {
  const path = join(folder, 'run.json');
  const record = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...record, data: { ...record.data, validation: 51 } }));
  const { epochs } = config;
  const best = { ended: 'epochs', epochs, bestEpoch: epochs, bestStep: epochs };
  const measures = {
    validationLoss: 1,
    validationError: errorOf(config),
    testLoss: 1,
    testError: 99,
  };
  await writeFile(join(folder, 'summary.json'), JSON.stringify({ ...best, ...measures }));
}

const trained: RunConfig[] = [];

/** Trains nothing, but leaves the folders of trials and tested runs. */
const fake = fakeRunTrainer({
  data: { title: 'digits', source: 'drawn by code', train: 64, test: 2000 },
  epochsOf: (config) => [epochOf(config)],
  goesOn: (_, config) => trained.push(config) > 0,
});
const trainer: RunTrainer = {
  ...fake,
  async *train(config, folder) {
    try {
      yield* fake.train(config, folder);
    } finally {
      if (config.validation !== 'none') await leaveEnding(folder, config);
    }
  },
};

let out: string;
let summary: SamplesSummary;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'shakelab-samples-'));
  const few = { sizes: '256,64', layouts: 'preact', recipes: 'plain,shaken', lengths: '8,16' };
  const options = {
    dataset: 'digits',
    batch: '16',
    rates: '0.1,0.2',
    seeds: 4,
    trials: 2,
    ...few,
    out,
  };
  for await (const event of runStudy(samplesStudy, options, trainInTurn(trainer, samplesStudy))) {
    if (event.kind === 'done') ({ summary } = event);
  }
});

afterAll(() => rm(out, { recursive: true }));

describe('study samples', () => {
  it('tries every setting by validation, size by size, and trains the best on all images', () => {
    const of = (size: number, tested: boolean) =>
      trained.filter((c) => c.trainSize === size && (c.validation === 'none') === tested);
    expect(trained.slice(0, 16)).toEqual(of(64, false));
    expect(trained.slice(16, 24)).toEqual(of(64, true));
    expect(trained).toHaveLength(48);
    expect(of(64, true).every(({ learningRate }) => learningRate === 0.1)).toBe(true);
    // 16 steps of 16 images: four epochs of 64 images, five of the 51 that validation leaves.
    expect(of(64, true).every(({ epochs }) => epochs === 4)).toBe(true);
    expect(new Set(of(64, false).map(({ epochs }) => epochs))).toEqual(new Set([3, 5]));
  });

  it('pairs by seed, which decides the images, and tries with other seeds', () => {
    expect(trained.every(({ seed, subset }) => seed === subset)).toBe(true);
    const seeds = (tested: boolean) =>
      new Set(trained.filter((c) => (c.validation === 'none') === tested).map(({ seed }) => seed));
    expect([seeds(true), seeds(false)]).toEqual([new Set([1, 2, 3, 4]), new Set([5, 6])]);
  });

  it('finds what the errors were made of: the effect, and where it turns', () => {
    const effects = summary.effects.map(({ at, recipe, against, contrast }) => [
      ...[at, recipe, against, contrast.difference?.toFixed(2), contrast.sign],
    ]);
    expect(effects).toEqual([
      [64, 'shaken', 'plain', '-3.90', -1],
      [256, 'shaken', 'plain', '4.10', 1],
    ]);
    const [{ at, without }] = summary.crossings;
    expect(at).toBeCloseTo(64 * 4 ** (3.9 / 8), 6);
    expect(without).toBe(0);
  });

  it('writes a report that loads nothing, with all choices and the command that repeats it', async () => {
    const page = await readFile(join(out, 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('#errors tbody tr')).toHaveLength(2);
    expect(document.querySelectorAll('#chosen tbody tr')).toHaveLength(4);
    expect(document.querySelectorAll('script, link')).toHaveLength(0);
    expect(page).not.toMatch(/undefined|NaN/);
    expect(page).toMatch(/at 64 images −3\.90 ± \d\.\d\d points, told apart/);
    expect(summary.command).toContain('study samples --sizes 256,64 --layouts preact');
  });
});

describe('its options', () => {
  it.each([
    [{ sizes: '16' }, 'must be a whole number from 32, or all'],
    [{ sizes: '64,64' }, 'must be different entries'],
    [{ rates: '0' }, 'must be numbers above 0'],
    [{ lengths: '1.5' }, 'must be numbers whole, from 1'],
    [{ recipes: 'shaken,none' }, 'none: is none of plain'],
    [{ validation: 'own' }, 'must be a share or a count'],
    [{ seeds: 0 }, 'must be a whole number from 1'],
  ])('%j are refused', (options, message) => {
    expect(() => samplesSettings(options)).toThrow(message);
  });
});
