import { expect, test } from 'vitest';
import { RequestError } from '../errors.ts';
import { benchCases, chooseNames, netOf, operationsOf } from './cases.ts';

const names = benchCases.map(({ name }) => name);

test('seven nets and batches, each in training and evaluation', () => {
  expect(names).toHaveLength(14);
  expect(new Set(names).size).toBe(14);
  expect(names).toContain('resnext-20-2x4d batch 128 train');
  expect(names).toContain('resnext-26-2x64d batch 64 evaluate');
});

test('every case has a net', () => {
  for (const benchCase of benchCases) expect(netOf(benchCase).name).toBe(benchCase.net);
});

test('names are chosen by all the words of any filter', () => {
  expect(chooseNames(names, [])).toEqual(names);
  expect(chooseNames(names, ['2x64d batch 64 train'])).toEqual(['resnext-26-2x64d batch 64 train']);
  expect(chooseNames(names, ['evaluate 2x4d', 'train 2x4d'])).toHaveLength(2);
});

test('an unknown case is refused with the names there are', () => {
  expect(() => chooseNames(names, ['2x99d'])).toThrow(RequestError);
  expect(() => chooseNames(names, ['2x99d'])).toThrow('resnext-20-2x4d batch 128 train');
});

test('a training step of the 26 2×64d has three times the 1.69 G of its forward', () => {
  const of = (mode: string) =>
    benchCases.find(({ name }) => name.includes(`2x64d batch 64 ${mode}`))!;
  expect(operationsOf(of('evaluate')) / 2e9).toBeCloseTo(1.69, 2);
  expect(operationsOf(of('train'))).toBe(3 * operationsOf(of('evaluate')));
});
