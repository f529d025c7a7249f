import { expect, test } from 'vitest';
import { alignLines } from './table.ts';

test('lines of different places share one column, with holes', () => {
  const style = { colour: '#000000', dash: '' };
  const steps = { name: 'steps', style, x: [20, 40, 60], y: [3, 2, 1] };
  const epochs = { name: 'epochs', style, x: [30, 60], y: [2.5, 0] };
  expect(alignLines([steps, epochs])).toEqual([
    [20, 30, 40, 60],
    [3, null, 2, 1],
    [null, 2.5, null, 0],
  ]);
});
