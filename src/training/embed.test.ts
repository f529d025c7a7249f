import { expect, test } from 'vitest';
import { differences, digitsTrainer, trainOn } from '../../testkit/digitsTrainer.ts';
import type { Trainer } from './trainer.ts';

async function predictedError(trainer: Trainer): Promise<number> {
  const { labels, predictions, count } = await trainer.embed('test', 'evaluate');
  return (100 * labels.filter((label, index) => label !== predictions[index]).length) / count;
}

test('embedding and evaluating agree, and change neither the state nor what follows', async () => {
  const untouched = await digitsTrainer();
  const trainer = await digitsTrainer();
  await trainOn(untouched, 12);
  await trainOn(trainer, 12);
  expect(await predictedError(trainer)).toBe((await trainer.evaluate('test')).error);
  await trainer.embed('train', 'train');
  await trainer.evaluate('test');
  expect(differences(await untouched.state(), await trainer.state())).toEqual([]);
  await trainOn(untouched);
  const stream = trainer.train();
  for await (const _ of stream) await trainer.embed('test', 'train');
  expect(differences(await untouched.state(), await trainer.state())).toEqual([]);
});

/** The passes follow an order of the seed's; what comes out must not. */
test('features stand in the order of the images', async () => {
  const trainer = await digitsTrainer({ batch: 32, testSize: 40 });
  const other = await digitsTrainer({ batch: 16, testSize: 40, seed: 2 });
  await trainOn(trainer, 4);
  other.restore({ step: 0, tensors: (await trainer.state()).tensors });
  const embedded = await trainer.embed('test', 'evaluate');
  expect(embedded).toMatchObject({ count: 40, dimensions: 16 });
  expect(embedded).toEqual(await other.embed('test', 'evaluate'));
  expect(Array.from(embedded.labels)).toEqual(Array.from({ length: 40 }, (_, i) => i % 10));
  const rows = Array.from({ length: 40 }, (_, i) => embedded.features.slice(16 * i, 16 * i + 16));
  expect(new Set(rows.map(String)).size).toBe(40);
});

test('train mode scatters what evaluate mode does not', async () => {
  const trainer = await digitsTrainer({ testSize: 40 });
  const train = await trainer.embed('test', 'train');
  const again = await trainer.embed('test', 'train');
  const evaluate = await trainer.embed('test', 'evaluate');
  expect(train.features).toEqual(again.features);
  expect(train.features).not.toEqual(evaluate.features);
  expect(train.labels).toEqual(evaluate.labels);
});
