export const precisions = ['float32', 'bf16'] as const;

/**
 * How activations and their gradients are stored between instructions: as numbers of float32, or as the
 * nearest of bfloat16, its upper half. Products, sums, statistics and parameters are float32 either way.
 */
export type Precision = (typeof precisions)[number];

/** Rounds numbers to the nearest of bfloat16, a tie to the even one; NaN stays NaN. */
export function roundToBf16(values: Float32Array): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  words.forEach((word, i) => {
    const rounded = Number.isNaN(values[i]) ? word | 0x400000 : word + 0x7fff + ((word >>> 16) & 1);
    words[i] = rounded & 0xffff0000;
  });
}
