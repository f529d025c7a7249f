/**
 * Philox 4×32-10: ten rounds that turn a counter and a key into four random words. A counter-based
 * generator carries no state; word after word is reached by counting.
 *
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 *
 * @param counter four 32-bit words
 * @param keyLow low 32 bits of the key
 * @param keyHigh high 32 bits of the key
 * @param out receives four 32-bit words; may be `counter` itself
 */
export function philox(
  counter: Uint32Array,
  keyLow: number,
  keyHigh: number,
  out: Uint32Array,
): void {
  let a = counter[0] | 0;
  let b = counter[1] | 0;
  let c = counter[2] | 0;
  let d = counter[3] | 0;
  let left = keyLow | 0;
  let right = keyHigh | 0;
  for (let round = 0; round < 10; round++) {
    const highA = highProduct(0xd251, 0x1f53, a);
    const highC = highProduct(0xcd9e, 0x8d57, c);
    const lowA = Math.imul(0xd2511f53, a);
    const lowC = Math.imul(0xcd9e8d57, c);
    a = highC ^ b ^ left;
    b = lowC;
    c = highA ^ d ^ right;
    d = lowA;
    left = (left + 0x9e3779b9) | 0;
    right = (right + 0xbb67ae85) | 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** The upper 32 bits of the 64-bit product of (high · 2¹⁶ + low) and `word`, both unsigned. */
function highProduct(high: number, low: number, word: number): number {
  const wordLow = word & 0xffff;
  const wordHigh = word >>> 16;
  const inner = Math.imul(high, wordLow) + (Math.imul(low, wordLow) >>> 16);
  const outer = Math.imul(low, wordHigh) + (inner & 0xffff);
  return (Math.imul(high, wordHigh) + (inner >>> 16) + (outer >>> 16)) | 0;
}
