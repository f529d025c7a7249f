/** The two words that a hash is keyed with. */
export type HashKey = ArrayLike<number>;

/**
 * A 32-bit word that depends on every bit of a key and a place, for draws too many to come from a
 * stream. native/kernels/dropout.h computes the same bits.
 *
 * @param key two 32-bit words
 * @param index a whole number from 0 to 2³² − 1
 */
export const hashWord = (key: HashKey, index: number): number =>
  scramble(scramble(index ^ key[0]) ^ key[1]) >>> 0;

/** The finaliser of MurmurHash3 (Appleby 2011): a permutation in which every bit moves every bit. */
function scramble(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
