import { expect, test } from 'vitest';
import { differences, digitsTrainer, stateAfter, trainOn } from '../../testkit/digitsTrainer.ts';
import { laws } from '../mixing/index.ts';

const three = { net: 'resnext-8-3x4d', trainSize: 128, epochs: 1, threads: 1 };

test.each(Object.keys(laws))('%s trains three branches and can be evaluated', async (mixing) => {
  const trainer = await digitsTrainer({ ...three, mixing });
  await trainOn(trainer);
  const even = await digitsTrainer({ ...three, mixing: 'even' });
  if (mixing !== 'even') {
    await trainOn(even);
    expect(differences(await trainer.state(), await even.state())).toContain('head.weight');
  }
  expect(Number.isFinite((await trainer.evaluate('test')).loss)).toBe(true);
});

test('sub-bands reach the smallest image, 7 rows, and resume bit for bit', async () => {
  const mixing = 'sub-band:bands=7';
  const unbroken = await stateAfter(2, { ...three, mixing });
  const resumed = await digitsTrainer({ ...three, mixing, threads: 2 });
  resumed.restore(await stateAfter(1, { ...three, mixing }));
  await trainOn(resumed, 1);
  expect(differences(unbroken, await resumed.state())).toEqual([]);
  await expect(digitsTrainer({ ...three, mixing: 'sub-band:bands=8' })).rejects.toThrow(
    /7 rows, too few for 8 bands/,
  );
});

test('a strength on a ramp resumes bit for bit', async () => {
  const mixing = 'shake-shake:ramp=1';
  const unbroken = await stateAfter(2, { ...three, mixing });
  const resumed = await digitsTrainer({ ...three, mixing, threads: 2 });
  resumed.restore(await stateAfter(1, { ...three, mixing }));
  await trainOn(resumed, 1);
  expect(differences(unbroken, await resumed.state())).toEqual([]);
  const whole = await stateAfter(2, { ...three, mixing: 'shake-shake' });
  expect(differences(unbroken, whole)).toContain('head.weight');
});

test('a law that needs branches refuses a net of one', async () => {
  const one = { ...three, net: 'resnext-8-1x4d' };
  await expect(digitsTrainer({ ...one, mixing: 'stochastic-shake-shake' })).rejects.toThrow(
    /one branch/,
  );
  await trainOn(await digitsTrainer({ ...one, mixing: 'shake-drop' }), 1);
});
