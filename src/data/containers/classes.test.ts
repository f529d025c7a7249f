import { describe, expect, test } from 'vitest';
import { classesOf } from './classes.ts';
import { fieldOf, readFieldName, splitOfFile } from './fields.ts';

describe('classes', () => {
  test('numbers in their order, gaps or not', () => {
    expect(classesOf([[10, 2, 2], [10]], null, 'f')).toEqual({
      classNames: ['2', '10'],
      labels: [Uint16Array.of(1, 0, 0), Uint16Array.of(1)],
    });
  });

  test('texts in the order of their code units; stated names keep theirs', () => {
    expect(classesOf([['b', 'a', 'B']], null, 'f').classNames).toEqual(['B', 'a', 'b']);
    const stated = ['b', 'a'];
    expect(classesOf([['a'], ['b']], stated, 'f').labels).toEqual([
      Uint16Array.of(1),
      Uint16Array.of(0),
    ]);
    expect(classesOf([[1, 0]], stated, 'f')).toEqual({
      classNames: ['b', 'a'],
      labels: [Uint16Array.of(1, 0)],
    });
  });

  test.each<[string, (string | number)[][], string[] | null, string]>([
    [
      'a class only in the test split',
      [[0, 1], [2]],
      null,
      'label 2, but the training split has only 0, 1',
    ],
    ['a label beyond the names', [[0, 2]], ['a', 'b'], 'label 2, but the classes stated are 0, 1'],
    ['one class', [[3, 3]], null, '1 different labels (3), but a data set has 2'],
    ['numbers and texts', [[3, 'x']], null, 'labels are numbers and texts (3, x)'],
  ])('%s is refused', (_, splits, stated, message) => {
    expect(() => classesOf(splits, stated, 'f')).toThrow(message);
  });
});

describe('what names say', () => {
  test.each([
    ['x_train', 'picture', 'train'],
    ['Xtest', 'picture', 'test'],
    ['val_labels', 'label', 'validation'],
    ['testLabels', 'label', 'test'],
    ['Y', 'label', null],
    ['pixel_values', 'picture', null],
    ['value', null, null],
    ['latest', null, null],
  ])('%s', (name, role, split) => {
    expect(readFieldName(name)).toEqual({ role, split });
  });

  test.each([
    ['data/train-00000-of-00002.parquet', 'train'],
    ['Validation.csv', 'validation'],
    ['my_t10k.npz', 'test'],
    ['contest.csv', null],
  ])('%s', (path, split) => {
    expect(splitOfFile(path)).toBe(split);
  });

  test('two fields of a role are refused, an exact name wins', () => {
    expect(fieldOf('label', ['label', 'fine_label'], {}, 'f')).toBe('label');
    expect(() => fieldOf('label', ['y', 'target'], {}, 'f')).toThrow(
      'y, target may each be the label',
    );
    expect(fieldOf('label', ['y', 'target'], { label: 'y' }, 'f')).toBe('y');
  });
});
