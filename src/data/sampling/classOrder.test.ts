import { describe, expect, test } from 'vitest';
import { balancedOrder, groupedOrder } from './classOrder.ts';
import { classSizes } from './classSizes.ts';

/** Sizes of classes to their labels, shuffled by a fixed stride. */
function labelsOf(sizes: readonly number[]): number[] {
  const sorted = sizes.flatMap((size, k) => Array<number>(size).fill(k));
  return sorted.map((_, i) => sorted[(i * 37) % sorted.length]);
}

const labels = labelsOf([200, 50, 9, 0, 1]);

describe('balancedOrder', () => {
  test('sees every class that has samples as often, up to one', () => {
    const order = balancedOrder(1, 0, labels, 5);
    expect(order.length).toBe(260);
    const counts = classSizes(
      [...order].map((sample) => labels[sample]),
      5,
    );
    expect(counts).toEqual([65, 65, 65, 0, 65]);
    const uneven = labelsOf([7, 3, 1]);
    const drawn = [...balancedOrder(1, 0, uneven, 3)].map((sample) => uneven[sample]);
    expect(classSizes(drawn, 3).sort()).toEqual([3, 4, 4]);
  });

  test('repeats a sample only once all of its class were seen', () => {
    const order = balancedOrder(1, 0, labels, 5);
    const times = new Map<number, number>();
    for (const sample of order) times.set(sample, (times.get(sample) ?? 0) + 1);
    for (const [k, least, most] of [
      [0, 1, 1],
      [1, 1, 2],
      [2, 7, 8],
      [4, 65, 65],
    ]) {
      const own = [...times].filter(([sample]) => labels[sample] === k).map(([, n]) => n);
      expect([Math.min(...own), Math.max(...own)]).toEqual([least, most]);
    }
  });

  test('leaves out others in other epochs, and visits all in the end', () => {
    const seen = new Set<number>();
    for (let epoch = 0; epoch < 40; epoch++)
      for (const sample of balancedOrder(1, epoch, labels, 5)) seen.add(sample);
    expect(seen.size).toBe(260);
  });

  test('mixes the classes: no class waits until the end', () => {
    const first = [...balancedOrder(1, 0, labels, 5)].slice(0, 80).map((s) => labels[s]);
    for (const k of [0, 1, 2, 4]) expect(classSizes(first, 5)[k]).toBeGreaterThan(5);
  });
});

describe('groupedOrder', () => {
  const shape = { classes: 5, perClass: 4 };

  test('gives every batch of 16 four samples of each of four classes', () => {
    const order = groupedOrder(1, 0, labels, shape);
    expect(order.length).toBe(260);
    for (let start = 0; start + 16 <= order.length; start += 16) {
      const counts = classSizes(
        [...order.subarray(start, start + 16)].map((s) => labels[s]),
        5,
      );
      expect(counts).toEqual([4, 4, 4, 0, 4]);
    }
  });

  test('repeats no sample within a group of a class that has enough', () => {
    const own = labelsOf([20, 30, 40]);
    const order = groupedOrder(2, 3, own, { classes: 3, perClass: 4 });
    let repeated = 0;
    for (let start = 0; start < order.length; start += 4)
      if (new Set(order.subarray(start, start + 4)).size < 4) repeated++;
    // 20 and 40 are multiples of four; of the 30 a group may span two rounds.
    expect(repeated).toBeLessThanOrEqual(1);
    expect(order.length).toBe(92);
  });

  test('repeats the samples of a small class; without samples it is empty', () => {
    const one = groupedOrder(1, 0, [0, 0, 0], { classes: 1, perClass: 2 });
    expect(one.length).toBe(4);
    expect(new Set(one).size).toBe(3);
    expect(groupedOrder(1, 0, [], shape)).toEqual(new Uint32Array());
  });
});

test('seed and epoch decide both orders, and nothing else', () => {
  for (const order of [
    (seed: number, epoch: number) => balancedOrder(seed, epoch, labels, 5),
    (seed: number, epoch: number) => groupedOrder(seed, epoch, labels, { classes: 5, perClass: 2 }),
  ]) {
    expect(order(1, 3)).toEqual(order(1, 3));
    expect(order(1, 4)).not.toEqual(order(1, 3));
    expect(order(2, 3)).not.toEqual(order(1, 3));
  }
});
