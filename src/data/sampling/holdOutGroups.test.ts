import { expect, test } from 'vitest';
import { randomStream } from '../../random/index.ts';
import { holdOutGroups } from './holdOutGroups.ts';

/** Patients of one to nine samples, of three classes. */
const stream = randomStream(1, 'test/held groups');
const groups = Array.from({ length: 120 }, (_, g) =>
  Array<string>(1 + stream.integer(9)).fill(`patient ${g}`),
).flat();
const labels = groups.map((_, i) => (i % 7 < 4 ? 0 : i % 7 < 6 ? 1 : 2));

const shareOf = (held: Uint32Array, k: number): number =>
  [...held].filter((sample) => labels[sample] === k).length /
  labels.filter((label) => label === k).length;

test.each([0.1, 0.2, 0.5])('a share of %d holds whole groups, near it of every class', (share) => {
  const { train, held } = holdOutGroups(labels, 3, groups, { share, seed: 1 });
  const names = new Set(Array.from(held, (sample) => groups[sample]));
  expect([...train].some((sample) => names.has(groups[sample]))).toBe(false);
  expect(train.length + held.length).toBe(labels.length);
  for (const k of [0, 1, 2]) expect(Math.abs(shareOf(held, k) - share)).toBeLessThan(0.05);
});

test('the seed decides which', () => {
  const of = (seed: number) => holdOutGroups(labels, 3, groups, { share: 0.2, seed });
  expect(of(1)).toEqual(of(1));
  expect(of(2)).not.toEqual(of(1));
});

test('no class loses its last sample', () => {
  const kinds = [0, 0, 0, 0, 0, 0, 1, 1];
  const rooms = [1, 1, 2, 2, 3, 3, 4, 4];
  for (const share of [0.3, 0.6, 0.99]) {
    const { train } = holdOutGroups(kinds, 2, rooms, { share, seed: 3 });
    expect(new Set(Array.from(train, (sample) => kinds[sample]))).toEqual(new Set([0, 1]));
  }
});

test('groups that are all too large are refused', () => {
  expect(() => holdOutGroups([0, 1, 0, 1], 2, [1, 1, 1, 1], { share: 0.2, seed: 1 })).toThrow(
    'groupField: of 1 groups, kept whole, none can be held out as 0.2 of 4 samples',
  );
});
