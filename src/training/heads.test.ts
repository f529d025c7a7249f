import { expect, test } from 'vitest';
import { differences, digitsTrainer, stateAfter, trainOn } from '../../testkit/digitsTrainer.ts';
import { heads } from '../heads/index.ts';

const plane = { features: 2, mixing: 'even', trainSize: 512, batch: 16, epochs: 1, threads: 1 };

test.each([...Object.keys(heads), 'softmax:smoothing=0.1', 'ccl:statistics=running'])(
  '%s trains a plane of features for an epoch of digits without a NaN, and learns',
  async (head) => {
    const trainer = await digitsTrainer({ ...plane, head });
    const steps = (await trainOn(trainer)).filter(({ kind }) => kind === 'step');
    const losses = steps.map((event) => (event.kind === 'step' ? event.loss : Number.NaN));
    const mean = (some: number[]) => some.reduce((sum, x) => sum + x, 0) / some.length;
    expect(losses).toHaveLength(32);
    expect(mean(losses.slice(-8))).toBeLessThan(mean(losses.slice(0, 8)));
    await expect(trainer.state()).resolves.toBeDefined();
    const { loss, error } = await trainer.evaluate('test');
    expect(Number.isFinite(loss)).toBe(true);
    expect(error).toBeLessThan(100);
  },
);

test.each(['ccl', 'triplet'])(
  'the state of %s is kept in checkpoints, bit for bit',
  async (head) => {
    const choice = { features: 2, trainSize: 128, head, epochs: 2, threads: 1 };
    const unbroken = await stateAfter(3, choice);
    expect([...unbroken.tensors.keys()].some((name) => /^head\.(running|class)/.test(name))).toBe(
      true,
    );
    const resumed = await digitsTrainer(choice);
    resumed.restore(await stateAfter(2, choice));
    await trainOn(resumed, 1);
    expect(differences(unbroken, await resumed.state())).toEqual([]);
    const before = await resumed.state();
    await resumed.evaluate('train');
    expect(differences(before, await resumed.state())).toEqual([]);
  },
);
