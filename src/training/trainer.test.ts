import { expect, test } from 'vitest';
import { differences, digitsTrainer, stateAfter, trainOn } from '../../testkit/digitsTrainer.ts';
import { RequestError } from '../errors.ts';
import type { TrainingState } from './state.ts';
import { NonFiniteLossError, type TrainingEvent } from './trainer.ts';

/** An event without what depends on the clock. */
const timeless = (event: TrainingEvent) => ({ ...event, imagesPerSecond: 0, seconds: 0 });

/** Measured with seeds 1, 2 and 3: 0.62, 0.66 and 0.61 of the first epoch's loss. */
test('the loss falls from epoch to epoch, to less than 0.8 of the first', async () => {
  const trainer = await digitsTrainer({ mixing: 'even', batch: 16, epochs: 4 });
  const events = await trainOn(trainer);
  const losses = events.flatMap((event) => (event.kind === 'epoch' ? [event.trainLoss] : []));
  expect(losses).toHaveLength(4);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(losses[3]).toBeLessThan(0.8 * losses[0]);
});

test('events count steps and epochs, and sum up what the steps told', async () => {
  const trainer = await digitsTrainer();
  const events = await trainOn(trainer);
  const steps = events.filter((event) => event.kind === 'step');
  const epochs = events.filter((event) => event.kind === 'epoch');
  expect(trainer.stepsPerEpoch).toBe(8);
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(steps.map(({ epoch }) => epoch)).toEqual([...Array(8).fill(1), ...Array(8).fill(2)]);
  expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 8],
    [2, 16],
  ]);
  const losses = steps.slice(0, 8).map(({ loss }) => loss);
  expect(epochs[0].trainLoss).toBeCloseTo(
    losses.reduce((sum, loss) => sum + loss / 8, 0),
    5,
  );
});

test('the same seed gives the same bits on any number of threads, another seed does not', async () => {
  const first = await stateAfter(10, { threads: 1 });
  expect(differences(first, await stateAfter(10, { threads: 1 }))).toEqual([]);
  expect(differences(first, await stateAfter(10, { threads: 3 }))).toEqual([]);
  const changed = differences(first, await stateAfter(10, { seed: 2 }));
  expect(changed).toContain('stem.conv.weight');
  expect(changed).toContain('stem.bn.runningMean');
});

test('predictions are those of the parameters as they are', async () => {
  const trainer = await digitsTrainer({ testSize: 20 });
  const { error, loss } = await trainer.evaluate('test');
  const before = await trainer.predict('test');
  expect(before).toMatchObject({ error, loss, classes: 10 });
  expect([before.logits.length, before.labels.length]).toEqual([200, 20]);
  expect(await trainer.predict('test')).toBe(before);
  await trainOn(trainer, 1);
  const after = await trainer.predict('test');
  expect(after.logits).not.toEqual(before.logits);
  const saved = await trainer.state();
  await trainOn(trainer, 1);
  await trainer.predict('test');
  trainer.restore(saved);
  expect(await trainer.predict('test')).toEqual(after);
});

/** Steps 5 and 13 lie inside an epoch, 8 at its end, before its event. */
test.each([5, 8, 13])('a run resumed from step %i ends as the unbroken one', async (step) => {
  const unbroken = await digitsTrainer();
  const before = await trainOn(unbroken, step);
  const saved = await unbroken.state();
  const after = await trainOn(unbroken);
  const resumed = await digitsTrainer();
  resumed.restore(saved);
  const told = await trainOn(resumed);
  expect(told.map(timeless)).toEqual(after.map(timeless));
  expect(before.length + told.length).toBe(18);
  expect(resumed.step).toBe(16);
  expect(differences(await unbroken.state(), await resumed.state())).toEqual([]);
});

test('a net that drops is resumed with the masks that the unbroken run would draw', async () => {
  const wide = { net: 'wrn-10-1', layout: 'preact-dropout', trainSize: 128, epochs: 2 };
  const unbroken = await digitsTrainer(wide);
  await trainOn(unbroken, 1);
  const resumed = await digitsTrainer(wide);
  resumed.restore(await unbroken.state());
  await Promise.all([trainOn(unbroken), trainOn(resumed)]);
  expect(differences(await unbroken.state(), await resumed.state())).toEqual([]);
});

test('in bf16 the bits are others, on any number of threads the same, resumed or not', async () => {
  const choice = { precision: 'bf16' } as const;
  const unbroken = await digitsTrainer(choice);
  await trainOn(unbroken, 5);
  const resumed = await digitsTrainer({ ...choice, threads: 3 });
  resumed.restore(await unbroken.state());
  await Promise.all([trainOn(unbroken), trainOn(resumed)]);
  const end = await unbroken.state();
  expect(differences(end, await resumed.state())).toEqual([]);
  expect(differences(end, await stateAfter(16))).toContain('stem.conv.weight');
});

test('a run resumed from an epoch’s event ends as the unbroken one', async () => {
  const unbroken = await digitsTrainer();
  let saved: TrainingState | undefined;
  const told: TrainingEvent[] = [];
  for await (const event of unbroken.train()) {
    if (saved) told.push(event);
    if (event.kind === 'epoch') saved ??= await unbroken.state();
  }
  const resumed = await digitsTrainer();
  resumed.restore(saved!);
  expect((await trainOn(resumed)).map(timeless)).toEqual(told.map(timeless));
  expect(differences(await unbroken.state(), await resumed.state())).toEqual([]);
});

test('a state that does not fit is refused and changes nothing', async () => {
  const trainer = await digitsTrainer();
  const before = await trainer.state();
  const other = await (await digitsTrainer({ layout: 'preact' })).state();
  expect(() => trainer.restore(other)).toThrow(RequestError);
  expect(() => trainer.restore({ ...before, step: 17 })).toThrow(/step 17.*16/);
  expect(differences(before, await trainer.state())).toEqual([]);
});

test('an abort stops after the current step, from which the run goes on', async () => {
  const trainer = await digitsTrainer();
  const abort = new AbortController();
  const stream = trainer.train(abort.signal);
  await stream.next();
  const current = stream.next();
  abort.abort();
  expect((await current).value).toMatchObject({ kind: 'step', step: 2 });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(trainer.step).toBe(2);
  await trainOn(trainer);
  expect(differences(await stateAfter(100), await trainer.state())).toEqual([]);
});

test('a learning rate that explodes stops the run and names step, layout and law', async () => {
  const trainer = await digitsTrainer({ layout: 'relu conv', learningRate: 1e6, epochs: 10 });
  const exploded = trainOn(trainer);
  await expect(exploded).rejects.toThrow(NonFiniteLossError);
  await expect(exploded).rejects.toThrow(
    new RegExp(`at step ${trainer.step} with layout 'relu conv' and mixing 'shake-shake'`),
  );
  expect(trainer.step).toBeLessThan(trainer.steps);
});

test('a state with a value that is not finite is not given out', async () => {
  const trainer = await digitsTrainer();
  const state = await trainer.state();
  state.tensors.get('stem.bn.bias')!.data[3] = Number.NaN;
  trainer.restore(state);
  await expect(trainer.state()).rejects.toThrow(/stem\.bn\.bias is not finite at step 0/);
});

test.each([
  [100, /^batch 100:.*multiple of 16; try 96 or 112/],
  [8, /^batch 8:.*try 16 or 32/],
  [0, /^batch 0:/],
  [16.5, /^batch 16\.5:.*try 16 or 32/],
])('a batch of %d is refused', async (batch, message) => {
  const opened = digitsTrainer({ batch });
  await expect(opened).rejects.toThrow(RequestError);
  await expect(opened).rejects.toThrow(message);
});
