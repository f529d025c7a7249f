import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  const candidates = ['batch', 'epochs', 'learningRate', 'trainSize'];

  it('finds what a slip of the finger meant', () => {
    expect(nearest('bacth', candidates)).toBeNull();
    expect(nearest('batc', candidates)).toBe('batch');
    expect(nearest('epoch', candidates)).toBe('epochs');
    expect(nearest('learning_rate', candidates)).toBe('learningRate');
    expect(nearest('TRAINSIZE', candidates)).toBe('trainSize');
  });

  it('suggests nothing far away', () => {
    expect(nearest('dropout', candidates)).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });
});
