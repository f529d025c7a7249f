import { expect, it } from 'vitest';
import { SerialQueue } from './serialQueue.ts';

it('does one thing after the other, also after one that failed', async () => {
  const queue = new SerialQueue();
  const told: string[] = [];
  const work = (name: string, ends = true) =>
    queue.run(async () => {
      told.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (!ends) throw new Error(name);
      told.push(`${name} ends`);
      return name;
    });
  const [one, two, three] = [work('one'), work('two', false), work('three')];
  await expect(two).rejects.toThrow('two');
  expect([await one, await three]).toEqual(['one', 'three']);
  expect(told).toEqual(['one begins', 'one ends', 'two begins', 'three begins', 'three ends']);
});
