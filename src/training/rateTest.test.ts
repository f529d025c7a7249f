import { expect, test } from 'vitest';
import { digitsTrainer } from '../../testkit/digitsTrainer.ts';
import { NonFiniteLossError, type TrainingEvent } from './events.ts';
import { growing, suggestedRate, testRates } from './rateTest.ts';
import type { Trainer } from './trainer.ts';

const step = (learningRate: number, loss: number) =>
  ({ kind: 'step', learningRate, loss }) as TrainingEvent;

/** A trainer that tells given losses at rates of 1, 2, 3 …, and then fails where it should. */
const telling = (losses: readonly number[], error?: Error) =>
  ({
    async *train() {
      yield* losses.map((loss, i) => step(i + 1, loss));
      if (error) throw error;
    },
  }) as unknown as Trainer;

test('rates grow by a factor from the least to the most', () => {
  const rate = growing({ least: 1e-4, most: 1, steps: 5 });
  const rates = [0, 1, 2, 3, 4].map((at) => rate(0.1, at, 100));
  for (const [i, power] of [-4, -3, -2, -1, 0].entries())
    expect(rates[i]).toBeCloseTo(10 ** power, 12);
});

test('the average is free of bias: of equal losses it is the loss', async () => {
  const { steps, ended } = await testRates(telling([2, 2, 2, 2]), 3);
  expect(steps.length).toBe(3);
  for (const { smoothed } of steps) expect(smoothed).toBeCloseTo(2, 12);
  expect(ended).toBe('all rates');
  const [, second] = (await testRates(telling([1, 3]), 2)).steps;
  expect(second.smoothed).toBeCloseTo((0.09 * 1 + 0.1 * 3) / 0.19, 12);
});

test('it ends where the smoothed loss is above four times the least', async () => {
  const { steps, ended, suggestion } = await testRates(telling([2, 1, 1, 90, 1, 1]), 6);
  expect([steps.length, ended]).toEqual([4, 'loss rose']);
  expect(suggestion).toBeCloseTo(0.3, 12);
});

test('it ends where the loss is no number, and passes other failures on', async () => {
  const notFinite = new NonFiniteLossError('the loss', 2, 'preact-bn', 'even');
  expect(await testRates(telling([2, 1], notFinite), 9)).toMatchObject({ ended: 'not finite' });
  await expect(testRates(telling([2], new Error('lost')), 9)).rejects.toThrow('lost');
});

test('nothing is suggested where the least loss lies at an end, or hardly below the first', () => {
  const seen = (...losses: number[]) =>
    losses.map((smoothed, i) => ({ learningRate: 10 ** i, loss: 0, smoothed }));
  expect(suggestedRate(seen(3, 2, 1))).toBeNull();
  expect(suggestedRate(seen(1, 2, 3))).toBeNull();
  expect(suggestedRate([])).toBeNull();
  expect(suggestedRate(seen(3, 2.8, 3))).toBeNull();
  expect(suggestedRate(seen(3, 2.7, 3))).toBe(1);
});

test('a net learns by growing rates, the same way again with any number of threads', async () => {
  const schedule = growing({ least: 1e-4, most: 1, steps: 12 });
  const run = async (threads: number) =>
    testRates(await digitsTrainer({ epochs: 12, trainSize: 128, threads, schedule }), 12);
  const test = await run(1);
  expect(test.steps.map(({ learningRate }) => learningRate)[11]).toBeCloseTo(1, 12);
  expect(test.steps.length).toBe(12);
  expect(await run(2)).toEqual(test);
});
