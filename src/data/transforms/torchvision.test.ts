import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from './randAugment.ts';
import type { Frame } from './transform.ts';

/** RandAugment of torchvision, as `testkit/transforms/make_fixtures.py` asks it. */
interface Torchvision {
  height: number;
  width: number;
  image: number[];
  /** Of each operation the amounts at strengths 0 … 30. */
  ranges: Record<string, { amounts: number[]; signed: boolean }>;
  made: { operation: string; amount: number; image: number[] }[];
}

const file = new URL('../../../testkit/fixtures/transforms/torchvision.json', import.meta.url);
const torchvision: Torchvision = JSON.parse(readFileSync(file, 'utf8'));
const { height, width, ranges, made } = torchvision;
const frame: Frame = { channels: 3, height, width, mean: [0, 0, 0], std: [1, 1, 1] };
const image = Uint8Array.from(torchvision.image);

test('the operations and their amounts at every strength are torchvision’s', () => {
  expect(Object.keys(ranges).sort()).toEqual(Object.keys(operations).sort());
  for (const [name, { amounts, signed }] of Object.entries(ranges)) {
    expect(operations[name].signed ?? false).toBe(signed);
    amounts.forEach((amount, strength) => {
      // torchvision's are in single precision.
      expect(Math.abs(operations[name].amount(strength / 30, frame) - amount)).toBeLessThan(2e-5);
    });
  }
});

test.each(made)('$operation by $amount is torchvision’s, to a grey level', (one) => {
  const found = operations[one.operation].apply(image, frame, one.amount);
  // torchvision's grey is bytes, and its factors are in single precision.
  expect(Math.max(...one.image.map((value, i) => Math.abs(value - found[i])))).toBeLessThanOrEqual(
    1,
  );
});
