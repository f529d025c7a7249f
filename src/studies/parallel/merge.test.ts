import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { merged } from './merge.ts';

const closed: string[] = [];

/** Values that come after so many turns of the event loop each. */
async function* source(name: string, turns: number[]) {
  try {
    for (const [index, count] of turns.entries()) {
      for (let k = 0; k < count; k++) await turn();
      yield `${name}${index}`;
    }
  } finally {
    closed.push(name);
  }
}

async function all(values: AsyncGenerator<string>, most = 100): Promise<string[]> {
  const got: string[] = [];
  for await (const value of values) if (got.push(value) === most) break;
  return got;
}

it('takes values as they come, and those of each source in its order', async () => {
  const got = await all(merged([source('a', [1, 20, 1]), source('b', [5, 1, 1])]));
  expect(got).toEqual(['a0', 'b0', 'b1', 'b2', 'a1', 'a2']);
});

it('lets none wait for one that always has something to tell', async () => {
  const eager = Array.from({ length: 50 }, () => 0);
  const got = await all(merged([source('a', eager), source('b', [0, 0])]), 6);
  expect(got.filter((value) => value.startsWith('b'))).toHaveLength(2);
});

it('ends every source when it is left, and when one fails', async () => {
  closed.length = 0;
  await all(merged([source('a', [0, 0, 0]), source('b', [3, 3])]), 1);
  expect(closed.sort()).toEqual(['a', 'b']);
  closed.length = 0;
  async function* failing(): AsyncGenerator<string> {
    yield 'c';
    throw new Error('broken');
  }
  await expect(all(merged([source('a', [0, 0, 0, 9]), failing()]))).rejects.toThrow('broken');
  expect(closed).toEqual(['a']);
});

it('of no sources is empty', async () => {
  expect(await all(merged([]))).toEqual([]);
});
