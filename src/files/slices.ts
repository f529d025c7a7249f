import { setImmediate } from 'node:timers/promises';

/** How many are done at once: few enough for 256 open files, and for others to be answered between. */
const slice = 32;

/** Does something to each of many, some at a time, in their order. */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += slice) {
    if (first > 0) await setImmediate();
    results.push(...(await Promise.all(items.slice(first, first + slice).map(work))));
  }
  return results;
}
