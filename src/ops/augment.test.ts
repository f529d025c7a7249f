import { expect, test } from 'vitest';
import {
  augmentationSize,
  cutPlace,
  drawAugmentations,
  partnerPlace,
} from '../data/augmentation.ts';
import { augment, blend } from './augment.ts';
import { place, type Tensor, zeros } from './tensor.ts';

const shape = { channels: 2, height: 6, width: 5 };
const samples = 40;

/** Bytes that tell sample, channel and place. */
function numbered(): Tensor {
  const x = zeros(samples, shape);
  x.data.forEach((_, i) => {
    x.data[i] = (i % 251) + 1;
  });
  return x;
}

test('crops and mirrors as padding, cutting and turning the rows around would', () => {
  const x = numbered();
  const draws = new Int32Array(augmentationSize * samples);
  drawAugmentations({ seed: 4, epoch: 2 }, Array.from(Array(samples).keys()), draws);
  const y = augment(x, draws);
  for (let sample = 0; sample < samples; sample++) {
    for (let c = 0; c < shape.channels; c++) {
      const [down, right, mirrored] = draws.subarray(augmentationSize * sample);
      const cropped = crop(padded(plane(x, sample, c)), 4 + down, 4 + right);
      const expected = mirrored ? cropped.map((row) => row.reverse()) : cropped;
      expect(plane(y, sample, c)).toEqual(expected);
    }
  }
});

test('zeros leave the images as they are', () => {
  expect(augment(numbered(), new Int32Array(augmentationSize * samples)).data).toEqual(
    numbered().data,
  );
});

test('a square that is cut out is 0 in every channel, the rest stays', () => {
  const draws = new Int32Array(augmentationSize * samples);
  draws.set([1, 2, 2], augmentationSize * 3 + cutPlace);
  const x = numbered();
  const y = augment(x, draws);
  for (let c = 0; c < shape.channels; c++) {
    const expected = plane(x, 3, c).map((row, i) =>
      row.map((value, j) => (i >= 1 && i < 3 && j >= 2 && j < 4 ? 0 : value)),
    );
    expect(plane(y, 3, c)).toEqual(expected);
    expect(plane(y, 4, c)).toEqual(plane(x, 4, c));
  }
});

test('blending adds a share of the partner', () => {
  const draws = new Int32Array(augmentationSize * samples);
  draws[augmentationSize * 2 + partnerPlace] = 7;
  const x = numbered();
  const y = blend(x, draws, 0.25);
  const [own, partner, mixed] = [plane(x, 2, 1), plane(x, 7, 1), plane(y, 2, 1)];
  const expected = own.map((row, i) => row.map((v, j) => 0.75 * v + 0.25 * partner[i][j]));
  expect(mixed).toEqual(expected);
  expect(blend(x, draws, 0)).toBe(x);
});

function plane(t: Tensor, sample: number, c: number): number[][] {
  return Array.from({ length: t.height }, (_, y) => {
    const start = place(t, sample, c, y, 0);
    return [...t.data.subarray(start, start + t.width)];
  });
}

function padded(rows: number[][]): number[][] {
  const zerosOf = (length: number): number[] => Array(length).fill(0);
  const empty = Array.from({ length: 4 }, () => zerosOf(rows[0].length + 8));
  return [...empty, ...rows.map((row) => [...zerosOf(4), ...row, ...zerosOf(4)]), ...empty];
}

function crop(rows: number[][], top: number, left: number): number[][] {
  const { height, width } = shape;
  return rows.slice(top, top + height).map((row) => row.slice(left, left + width));
}
