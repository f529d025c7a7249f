import { expect, test } from 'vitest';
import { randomStream } from '../../random/index.ts';
import { compiledData } from '../compiled.ts';
import { interpolateSlowly } from './interpolate.ts';

const stream = randomStream(1, 'interpolate');
const random = (length: number) => Float64Array.from({ length }, () => stream.uniform() - 0.5);

test.each([
  [160, 12, 1.378_125],
  [1, 8, 1],
  [7, 16, 0.37],
  [1024, 100, 2.75625],
])('%i phases of %i taps: the compiled twin has the same bits', (phases, taps, step) => {
  const bank = { phases, taps, table: random((phases + 1) * taps) };
  const padded = random(500 + 2 * taps);
  const [fast, slow] = [0, 1].map(() => new Float32Array(Math.ceil(500 / step)));
  compiledData().interpolate!(padded, bank.table, phases, step, fast);
  interpolateSlowly(padded, bank, step, slow);
  expect(slow.some((value) => value !== 0)).toBe(true);
  expect(fast).toEqual(slow);
});
