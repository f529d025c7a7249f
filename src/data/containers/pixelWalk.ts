import type { Pixels } from './pixels.ts';

/** An axis while an array is gone through: its size, and how far apart its steps are in the pictures. */
export interface Axis {
  size: number;
  stride: number;
}

/** The axes from the fastest to the slowest in the file. */
export function walkOf(
  shape: readonly number[],
  axes: string,
  { channels, height, width }: Pick<Pixels, 'channels' | 'height' | 'width'>,
  fortran: boolean,
): Axis[] {
  const strides: Record<string, number> = {
    n: channels * height * width,
    c: height * width,
    h: width,
    w: 1,
  };
  const walk = [...axes].map((axis, i) => ({ size: shape[i], stride: strides[axis] }));
  return merged(fortran ? walk : walk.reverse());
}

/** Where each element of a walk is put, in its order. */
export const placesOf = (axes: readonly Axis[]): Uint32Array =>
  axes.reduce((places, { size, stride }) => {
    const all = new Uint32Array(places.length * size);
    for (let step = 0; step < size; step++) {
      all.set(
        places.map((place) => place + step * stride),
        step * places.length,
      );
    }
    return all;
  }, new Uint32Array(1));

/** Axes that go on where the one before ends, as one; those of one step play no part. */
function merged(axes: readonly Axis[]): Axis[] {
  const [first = { size: 1, stride: 1 }, ...others] = axes.filter(({ size }) => size > 1);
  const walk = [{ ...first }];
  for (const axis of others) {
    const last = walk.at(-1)!;
    if (axis.stride === last.size * last.stride) last.size *= axis.size;
    else walk.push({ ...axis });
  }
  return walk;
}
