/** A batch of images or activations, [samples][channels][height][width], in double precision. */
export interface Tensor extends Shape {
  samples: number;
  data: Float64Array;
}

/** Extent of one sample's activation. */
export interface Shape {
  channels: number;
  height: number;
  width: number;
}

/** A tensor of zeros. */
export function zeros(samples: number, { channels, height, width }: Shape): Tensor {
  const data = new Float64Array(samples * channels * height * width);
  return { samples, channels, height, width, data };
}

/** Place of a value in a tensor's data. */
export const place = (t: Tensor, sample: number, channel: number, y: number, x: number): number =>
  ((sample * t.channels + channel) * t.height + y) * t.width + x;

/** Calls `visit(sample, channel, index)` for every value of a tensor, in order. */
export function eachValue(
  t: Tensor,
  visit: (sample: number, channel: number, index: number) => void,
): void {
  const pixels = t.height * t.width;
  for (let plane = 0; plane < t.samples * t.channels; plane++) {
    const sample = Math.floor(plane / t.channels);
    for (let i = plane * pixels; i < (plane + 1) * pixels; i++)
      visit(sample, plane % t.channels, i);
  }
}

/** Adds `from` to `to`, value by value. */
export function addInto(to: Float64Array, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += from[i];
}
