import { expect, test } from 'vitest';
import { differences, digitsTrainer, stateAfter, trainOn } from '../../testkit/digitsTrainer.ts';

const varied = { augment: 'crop-flip', trainSize: 160 } as const;

test('training on varied images goes another way; left out, the digits are not varied', async () => {
  const plain = await stateAfter(3, { trainSize: 160 });
  expect(differences(plain, await stateAfter(3, { ...varied, augment: 'none' }))).toEqual([]);
  expect(differences(plain, await stateAfter(3, varied))).toContain('head.weight');
});

test('a resumed run varies the images as the unbroken one did, with any number of threads', async () => {
  const unbroken = await stateAfter(6, { ...varied, threads: 1 });
  const resumed = await digitsTrainer({ ...varied, threads: 2 });
  resumed.restore(await stateAfter(4, varied));
  await trainOn(resumed, 2);
  expect(differences(unbroken, await resumed.state())).toEqual([]);
});

test('evaluating and embedding see the images as they are', async () => {
  const trained = await digitsTrainer(varied);
  await trainOn(trained, 4);
  const plain = await digitsTrainer({ ...varied, augment: 'none' });
  plain.restore(await trained.state());
  expect(await trained.evaluate('train')).toEqual(await plain.evaluate('train'));
  await trainOn(trained, 1);
  plain.restore(await trained.state());
  expect(await trained.embed('train', 'train')).toEqual(await plain.embed('train', 'train'));
});
