import { expect, it } from 'vitest';
import { parseConfig } from '../runs/config.ts';
import type { RunPosition, RunsEvent } from '../studies/events.ts';
import { RunsTally } from './runsTally.ts';

const config = parseConfig({ dataset: 'digits', epochs: 2 });
const errors = { trainError: 1, testError: 2 };

const position = (index: number, count = 4): RunPosition => ({
  run: { id: `${index}`, model: 'PreAct', title: `PreAct ${index}`, config },
  ...{ index, count },
});

/** Of a batch after another that took 5000; each run takes 100 times its place more than the one before. */
const start = (index: number, count?: number): RunsEvent => ({
  ...{ kind: 'run-start', from: 'start', judge: 'test' },
  amount: { before: 5000 + 1000 * index, own: 1000 + 100 * index, total: 20_000 },
  ...position(index, count),
});

const step = (index: number, done: number) => ({
  kind: 'training' as const,
  event: {
    ...{ kind: 'step' as const, step: done, steps: 100, epoch: 1, loss: 0.5, error: 12.5 },
    ...{ learningRate: 0.1, imagesPerSecond: 1600 },
  },
  ...position(index),
});

const pace = { note() {}, secondsFor: (amount: number) => amount / 100 };

it('counts what is done by runs one after another, and by several at once', () => {
  const tally = new RunsTally(pace);
  const status = (event: ReturnType<typeof step>) => {
    tally.note(event);
    return tally.status(event);
  };
  expect(tally.note(start(0))).toBe(true);
  const alone = { done: 5100, total: 20_000, before: 'PreAct 0  epoch 1/2' };
  expect(status(step(0, 10))).toMatchObject(alone);
  expect(tally.note(start(1))).toBe(false);
  expect(status(step(1, 3))).toEqual({
    ...{ done: 5133, total: 20_000, before: '2 runs at once' },
    after: '3,200 images/s  2:29 left',
  });
  tally.note({ kind: 'run-done', ...errors, ...position(1) });
  expect(tally.secondsLeft).toBe(138);
  expect(status(step(0, 11))).toMatchObject({ done: 6210, before: 'PreAct 0  epoch 1/2' });
  tally.note({ kind: 'run-failed', message: 'of disk', ...position(0) });
  tally.note(start(2));
  expect([tally.ended, status(step(2, 1))?.done]).toEqual([2, 7112]);
});

it('tells where a batch begins, whichever of its runs is first', () => {
  const tally = new RunsTally(pace);
  const done = (index: number): RunsEvent => ({
    ...{ kind: 'run-done', ...errors },
    ...position(index, 2),
  });
  const events = [start(1, 2), start(0, 2), done(0), done(1), start(1, 2), start(0, 2)];
  expect(events.map((event) => tally.note(event))).toEqual([
    ...[true, false, false, false],
    ...[true, false],
  ]);
  expect(tally.note(start(2, 3))).toBe(true);
  expect(tally.ended).toBe(0);
});

it('has nothing to say after an epoch', () => {
  const { event, ...place } = step(0, 50);
  const measures = { trainLoss: 1, trainError: 1, seconds: 1 };
  const epoch = { ...event, kind: 'epoch' as const, ...measures };
  expect(new RunsTally(pace).status({ ...place, event: epoch })).toBeNull();
});
