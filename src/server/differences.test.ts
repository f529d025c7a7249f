import { expect, it } from 'vitest';
import type { SeedRuns } from '../studies/models.ts';
import { differencesOf } from './differences.ts';

/** A model's runs with seeds from 1 and these test errors, in percent of 10,000 images. */
const model = (...testErrors: number[]): SeedRuns => ({
  runs: testErrors.map((testError, place) => ({
    ...{ testError, trainError: testError, seed: place + 1, classes: 10 },
    ...{ trainCount: 60_000, testCount: 10_000 },
  })),
});

const ofTestError = async (...models: SeedRuns[]) =>
  (await differencesOf(models)).filter(({ measure }) => measure === 'testError');

it('holds each model against the first, a measure a family', async () => {
  const found = await ofTestError(model(5, 5.1, 5.3), model(8, 8.2, 8.3), model(5.9, 5, 6.5));
  expect(found.map(({ group, verdict }) => [group, verdict.split(';')[0]])).toEqual([
    [1, 'told apart'],
    [2, 'not told apart'],
  ]);
  expect(found[0].contrast).toMatchObject({ test: 'paired', seeds: 3, family: 2, sign: 1 });
  expect(found[0].contrast.difference).toBeCloseTo(3.0333, 4);
  expect(found[0].contrast.adjusted).toBeCloseTo(2 * found[0].contrast.probability!, 12);
});

it('promises nothing of more seeds where the finite sample hides the difference', async () => {
  const [{ contrast, verdict }] = await ofTestError(model(5, 5.1, 5.3), model(5.2, 5.31, 5.5));
  expect(contrast.adjusted).toBeLessThan(0.05);
  expect(contrast).toMatchObject({ sign: 0, seedsToTell: null });
  expect(verdict).toBe('not told apart; too small for any number of seeds to tell');
});

it('gives no verdict at one seed, and says what would decide', async () => {
  const [{ contrast, verdict }] = await ofTestError(model(5), model(8));
  expect(contrast).toMatchObject({ difference: 3, sign: null, adjusted: null, halfWidth: null });
  expect(verdict).toMatch(/^n = 1: no verdict; 3 seeds would decide if their differences deviate/);
});

it('gives none where a net stays at chance', async () => {
  const [{ contrast, verdict }] = await ofTestError(model(5, 5.1, 5.3), model(90, 90.2, 89.9));
  expect(contrast.sign).toBeNull();
  expect(verdict).toBe('no verdict, a net stays at chance; train it longer');
});

it('has nothing to say of one model, nor of measures that nobody has', async () => {
  expect(await differencesOf([model(5, 6)])).toEqual([]);
  const found = await differencesOf([model(5, 6), model(7, 8)]);
  expect(found.map(({ measure }) => measure)).toEqual(['testError', 'trainError']);
});
