/** Mean and standard deviation of every channel, in units of 0…255. */
export interface Moments {
  mean: number[];
  std: number[];
}

/**
 * The moments of images [count][channels][pixels]: over all pixels of all images, from counts of
 * the 256 values, so exact to rounding. A channel that never varies gets the deviation 1, which
 * leaves it at zero when it is normalised.
 */
export function channelMoments(images: Uint8Array, channels: number, pixels: number): Moments {
  const moments: Moments = { mean: [], std: [] };
  for (let channel = 0; channel < channels; channel++) {
    const counts = countValues(images, channels, pixels, channel);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / total;
    const square = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0);
    moments.mean.push(mean);
    moments.std.push(Math.sqrt(square / total) || 1);
  }
  return moments;
}

function countValues(
  images: Uint8Array,
  channels: number,
  pixels: number,
  channel: number,
): Float64Array {
  const counts = new Float64Array(256);
  for (let start = channel * pixels; start < images.length; start += channels * pixels) {
    for (let at = start; at < start + pixels; at++) counts[images[at]]++;
  }
  return counts;
}
