import { expect, test } from 'vitest';
import { decodeFrames } from './frames.ts';

test('two frames of three samples: train mode first, then evaluate mode', () => {
  const values = Float32Array.from({ length: 24 }, (_, i) => i);
  const frames = decodeFrames(new Uint8Array(values.buffer), [0, 1, 1], 2);
  expect(frames).toHaveLength(2);
  expect([...frames[0].train.features]).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...frames[0].evaluate.features]).toEqual([6, 7, 8, 9, 10, 11]);
  expect([...frames[1].evaluate.features]).toEqual([18, 19, 20, 21, 22, 23]);
  expect(frames[1].train.labels).toEqual([0, 1, 1]);
});
