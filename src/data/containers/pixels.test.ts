import { expect, test } from 'vitest';
import type { StoredArray } from './arrays.ts';
import { numberTypes } from './elements.ts';
import { readPixels } from './pixels.ts';

const sizes: Record<string, number> = { n: 4, c: 3, h: 5, w: 7 };

/** An array whose axes lie in such an order, its bytes in pieces of such a length. */
function stored(axes: string, length: number, fortran: boolean): StoredArray {
  const shape = [...axes].map((axis) => sizes[axis]);
  const count = shape.reduce((product, size) => product * size, 1);
  const bytes = Uint8Array.from({ length: count }, (_, at) => (at * 37) % 251);
  const starts = Array.from({ length: Math.ceil(count / length) }, (_, i) => i * length);
  const pieces = () => starts.map((start) => bytes.slice(start, start + length));
  return { name: 'x', element: numberTypes.uint8, shape, little: true, fortran, axes, pieces };
}

test.each(
  ['nhwc', 'nwhc', 'nchw', 'ncwh', 'nwch', 'nwh', 'nhw', 'whcn', 'hwcn', 'chwn'].flatMap((axes) =>
    [true, false].map((fortran): [string, boolean] => [axes, fortran]),
  ),
)(
  'axes %s, Fortran’s order %s: bytes in one piece become what they do in many',
  async (...form) => {
    const [axes, fortran] = form;
    const pieces = await readPixels(stored(axes, 11, fortran), {}, 'f');
    const whole = await readPixels(stored(axes, 2000, fortran), {}, 'f');
    expect(whole).toEqual(pieces);
    expect(pieces).toMatchObject({ count: 4, height: 5, width: 7 });
  },
);

test.each(['nhwc', 'nwh'])('axes %s: what is in memory whole is turned there', async (axes) => {
  const array = stored(axes, 2000, false);
  const [bytes] = array.pieces() as Uint8Array[];
  const { images } = await readPixels({ ...array, pieces: () => [bytes] }, {}, 'f');
  expect(images.buffer).toBe(bytes.buffer);
  expect(images[1]).toBe(((axes === 'nhwc' ? 3 : 5) * 37) % 251);
});

test.each([
  ['int64', [0, 1, 1, 0]],
  ['int32', [0, 0, 0, 1]],
] as const)('a mask of %s is nearly black where white is 255: refused', async (kind, values) => {
  const element = numberTypes[kind];
  const numbers = kind === 'int64' ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
  const pieces = () => [new Uint8Array(numbers.buffer.slice(0))];
  const form = { element, shape: [1, 2, 2], little: true, fortran: false, pieces };
  const array: StoredArray = { name: 'x', ...form };
  const message = 'has no value above 1, but white is 255; say which values are black and white';
  await expect(readPixels(array, {}, 'f')).rejects.toThrow(message);
  const { images } = await readPixels(array, { range: { low: 0, high: 1 } }, 'f');
  expect([...images]).toEqual(values.map((value) => 255 * value));
});
