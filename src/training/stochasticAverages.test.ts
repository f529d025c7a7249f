import { expect, test } from 'vitest';
import {
  differences,
  digitsTrainer,
  type SmallTraining,
  stateAfter,
  trainOn,
} from '../../testkit/digitsTrainer.ts';
import { parseAveraging } from './averaging.ts';
import { evaluationTensors, type TrainingState } from './state.ts';

/** Two epochs of four steps; the mean holds the weights after steps 4 to 8. */
const small: SmallTraining = {
  ...{ trainSize: 64, batch: 16, epochs: 2, threads: 1, head: 'ccl' },
  averaging: parseAveraging('constant:start=0.5'),
};
const valuesOf = ({ tensors }: TrainingState, name: string) => tensors.get(name)!.data;
const isNoAverage = ([name]: [string, unknown]) => !name.startsWith('average.');
const isComplete = (state: TrainingState) => valuesOf(state, 'average.complete')[0] === 1;

test('the mean is that of the weights after each of the last steps', async () => {
  const trainer = await digitsTrainer(small);
  await trainOn(trainer, 3);
  const live: Float32Array[] = [];
  while (trainer.step < 8) {
    await trainOn(trainer, 1);
    live.push(valuesOf(await trainer.state(), 'head.weight'));
  }
  const mean = valuesOf(await trainer.state(), 'average.head.weight');
  expect(mean.length).toBeGreaterThan(0);
  for (const [i, value] of mean.entries()) {
    const values = live.map((weights) => weights[i]);
    expect(value).toBeCloseTo(values.reduce((sum, one) => sum + one, 0) / 5, 5);
  }
});

/** The slow twin: a net with the mean's weights that sees an epoch at rate 0 and takes down every batch's statistics. */
test('its statistics are the means of those that its own batches have over one more epoch', async () => {
  const trainer = await digitsTrainer({ ...small, mixing: 'even' });
  await trainOn(trainer);
  const state = await trainer.state();
  expect(isComplete(state)).toBe(true);
  const twin = await digitsTrainer({
    ...{ ...small, mixing: 'even', averaging: undefined, epochs: 3 },
    schedule: () => 0,
  });
  const own = [...state.tensors].filter(([name]) => !name.startsWith('average.'));
  const mean = own.map(([name, tensor]) => {
    const average = state.tensors.get(`average.${name}`);
    return [name, average && !/running/.test(name) ? average : tensor] as const;
  });
  const momentless = mean.map(([name, { shape, data }]) => {
    const still = name.startsWith('momentum.') || name === 'epoch.totals';
    return [name, { shape, data: still ? data.map(() => 0) : data }] as const;
  });
  twin.restore({ step: 8, tensors: new Map(momentless) });
  // A batch's own statistics, by how a tenth of them moves the running ones.
  const name = 'stem.bn.runningMean';
  const sums = new Float64Array(valuesOf(state, name).length);
  let before = valuesOf(await twin.state(), name);
  for (let batch = 0; batch < 4; batch++) {
    await trainOn(twin, 1);
    const after = valuesOf(await twin.state(), name);
    for (const [i, value] of after.entries()) sums[i] += (before[i] + 10 * (value - before[i])) / 4;
    before = after;
  }
  const found = valuesOf(state, `average.${name}`);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(sums[i], 4);
});

test('is what is evaluated at the end, embedded, and opened from a checkpoint', async () => {
  const trainer = await digitsTrainer(small);
  await trainOn(trainer);
  const state = await trainer.state();
  const plain = await digitsTrainer({ ...small, averaging: undefined });
  const rest = [...state.tensors].filter(([name]) => /^(momentum|epoch)\./.test(name));
  plain.restore({ step: 8, tensors: new Map([...rest, ...evaluationTensors(state)]) });
  expect(await trainer.evaluate()).toEqual(await plain.evaluate());
  expect(await trainer.embed('test', 'evaluate')).toEqual(await plain.embed('test', 'evaluate'));
  expect(differences(state, await trainer.state())).toEqual([]);
});

test('within an epoch it is not complete, and the weights that train are evaluated and opened', async () => {
  const trainer = await digitsTrainer(small);
  await trainOn(trainer, 6);
  const within = await trainer.state();
  expect(isComplete(within)).toBe(false);
  const opened = evaluationTensors(within);
  expect(opened.get('head.weight')).toBe(within.tensors.get('head.weight'));
  const found = await trainer.evaluate();
  expect(differences(within, await trainer.state())).toEqual([]);
  const live = await digitsTrainer({ ...small, averaging: undefined });
  live.restore({ step: 6, tensors: new Map([...within.tensors].filter(isNoAverage)) });
  expect(await live.evaluate()).toEqual(found);
});

test('what was predicted by the weights that train is predicted anew once it is complete', async () => {
  const trainer = await digitsTrainer(small);
  let live: Float32Array | undefined;
  for await (const { kind, step } of trainer.train())
    if (kind === 'step' && step === 8) live = (await trainer.predict('train')).logits;
  const { loss, logits } = await trainer.predict('train');
  expect(logits).not.toEqual(live);
  expect(loss).toBe((await trainer.evaluate('train')).loss);
});

/** The epochs of a training that end with an evaluation, as often as that is cheap. */
async function evaluatedEpochs(averaging: SmallTraining['averaging']): Promise<number[]> {
  const cheap: SmallTraining = { ...small, testSize: 8, epochs: 8, evaluateEvery: 'auto' };
  const events = await trainOn(await digitsTrainer({ ...cheap, averaging }));
  return events.flatMap((event) =>
    event.kind === 'epoch' && event.testError !== undefined ? [event.epoch] : [],
  );
}

test('the epoch that measures statistics counts where evaluations are to be cheap', async () => {
  expect(await evaluatedEpochs(undefined)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await evaluatedEpochs(small.averaging)).toEqual([1, 2, 3, 4, 6, 8]);
});

test.each(['constant:start=0.4', 'cyclic:start=0.3,cycles=2'])(
  '%s: a run resumed at any step, on other threads, ends as the unbroken one',
  async (text) => {
    const choice = { ...small, ricap: 0.3, averaging: parseAveraging(text) };
    const unbroken = await digitsTrainer(choice);
    await trainOn(unbroken);
    const ended = await unbroken.state();
    for (const step of [2, 5, 8]) {
      const resumed = await digitsTrainer({ ...choice, threads: 2 });
      resumed.restore(await stateAfter(step, choice));
      await trainOn(resumed);
      expect(differences(ended, await resumed.state())).toEqual([]);
    }
  },
);
