import { describe, expect, test } from 'vitest';
import { assertClose } from './assertClose.ts';

describe('assertClose fails on', () => {
  const generous = { absolute: 1e9, relative: 1e9 };
  const mistakes: [string, number[], number[]][] = [
    ['NaN for a number', [0], [NaN]],
    ['a number for NaN', [NaN], [0]],
    ['NaN for NaN', [NaN], [NaN]],
    ['an infinite expectation', [0], [Infinity]],
    ['an infinite result', [-Infinity], [0]],
    ['two equal infinities', [Infinity], [Infinity]],
    ['a late NaN', [1, 2, NaN], [1, 2, 3]],
    ['empty lists', [], []],
    ['too few values', [1], [1, 2]],
    ['too many values', [1, 2], [1]],
  ];
  test.each(mistakes)('%s, whatever the tolerance', (_, actual, expected) => {
    expect(() => assertClose(actual, expected, generous)).toThrow(/^values: /);
  });

  test('an endless tolerance around NaN limits', () => {
    expect(() => assertClose([1], [1], { absolute: NaN })).toThrow();
    expect(() => assertClose([1], [0], { relative: Infinity })).toThrow();
  });

  test('any difference when no tolerance is given', () => {
    expect(() => assertClose([1 + Number.EPSILON], [1])).toThrow();
  });
});

test('assertClose accepts values within the tolerance and not just beyond it', () => {
  assertClose([1, -2], [1, -2]);
  assertClose([1.5], [1], { absolute: 0.5 });
  assertClose([-110], [-100], { relative: 0.1 });
  assertClose(new Float32Array([0.1]), [0.1], { relative: 1e-7 });
  expect(() => assertClose([1.51], [1], { absolute: 0.5 })).toThrow();
  expect(() => assertClose([-111], [-100], { relative: 0.1 })).toThrow();
});

test('the message names the worst index, both values, the error and how many differ', () => {
  const compare = () => assertClose([1, 2.5, 7], [1, 2, 3], { absolute: 0.1, what: 'logits' });
  expect(compare).toThrow('logits: 2 of 3 differ; worst at 2: 7, expected 3, error 4.00');
});
