import { expect, test } from 'vitest';
import type { Dataset } from './dataset.ts';
import { foldOf, foldText, parseFold } from './fold.ts';

/** 24 images of one pixel, each its own place, of three classes. */
const images = Uint8Array.from({ length: 24 }, (_, place) => place);
const labels = Uint16Array.from(images, (place) => place % 3);
const train = { count: 24, images, labels };
const test4 = { count: 1, images: Uint8Array.of(99), labels: Uint16Array.of(0) };
const dataset = { train, test: test4, classNames: ['a', 'b', 'c'] } as unknown as Dataset;

const held = (fold: string): number[] => [...foldOf(dataset, fold).test.images];

test('the folds of a repeat hold every training image once, as many of each class', () => {
  const folds = ['1/4', '2/4', '3/4', '4/4'].map(held);
  expect(folds.flat().sort((a, b) => a - b)).toEqual([...images]);
  for (const fold of folds)
    expect([0, 1, 2].map((k) => fold.filter((place) => place % 3 === k).length)).toEqual([2, 2, 2]);
});

test('what is not held out is trained on, and the test split is left alone', () => {
  const { train, test, fold } = foldOf(dataset, '2/4');
  expect(fold).toBe('2/4');
  expect(test.places).toEqual(Uint32Array.from(test.images));
  expect([...train.images, ...test.images].sort((a, b) => a - b)).toEqual([...images]);
  expect([...train.labels]).toEqual([...train.images].map((place) => place % 3));
});

test('another repeat divides anew, the same one alike', () => {
  expect(held('1/4:2')).not.toEqual(held('1/4'));
  expect(held('1/4:2')).toEqual(held('1/4:2'));
});

test('data that are of the fold already stay as they are, those of another are refused', () => {
  const divided = foldOf(dataset, '1/4');
  expect(foldOf(divided, '1/4')).toBe(divided);
  expect(foldOf(dataset, null)).toBe(dataset);
  expect(() => foldOf(divided, '2/4')).toThrow('fold 2/4: the data at hand are of fold 1/4');
  expect(() => foldOf(divided, null)).toThrow('of fold 1/4');
});

test('more folds than images, or than groups of them, are refused by what asked for them', () => {
  expect(() => foldOf(dataset, '1/25')).toThrow(
    'fold 1/25: 24 training images cannot be divided into 25 folds, of which each needs one; take 5',
  );
  const groups = Uint32Array.from(images, (place) => place % 2);
  const grouped: Dataset = { ...dataset, train: { ...train, groups } };
  expect(() => foldOf(grouped, '1/3')).toThrow('fold 1/3: 2 groups cannot be divided into 3 folds');
});

test.each(['0/5', '6/5', '1/1', '1', '2/5:0', '2/5:', 'x'])('%s is no fold', (text) => {
  expect(parseFold(text)).toBeNull();
});

test.each(['2/5', '2/5:3'])('%s is a fold', (text) => {
  expect(foldText(parseFold(text)!)).toBe(text);
});
