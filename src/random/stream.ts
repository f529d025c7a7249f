import { philox } from './philox.ts';

/** A sequence of random numbers; it begins again after 2³⁴ words. */
export interface RandomStream {
  /** A whole number from 0 to 2³² − 1. */
  uint32(): number;
  /** A multiple of 2⁻³² in [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1. */
  normal(): number;
  /** Mean 1; above 0 and finite. */
  exponential(): number;
  /** A whole number in [0, below), every one as likely; `below` is from 1 to 2³². */
  integer(below: number): number;
  /** True with probability p. */
  bernoulli(p: number): boolean;
}

/** How many values a 32-bit word takes. */
const words = 2 ** 32;

/**
 * The stream of a name at a step. The same seed, name and step give the same numbers for ever;
 * any other triple gives unrelated ones, so there is no state to save.
 *
 * Philox is keyed by the seed; its counter holds the number of the block, the step and 64 bits
 * that hash the name.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1
 * @param stream what the numbers are for, such as `mixing/forward/3`
 * @param step a whole number from 0 to 2³² − 1
 * @throws RangeError where seed or step is out of range
 */
export function randomStream(seed: number, stream: string, step = 0): RandomStream {
  checkWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  checkWhole('step', step, 0, words - 1);
  return new PhiloxStream(seed, stream, step);
}

/**
 * The same stream by place instead of in order: calling the result with `index`, from 0 to
 * 2³⁴ − 1, gives the word that the stream's `uint32` would give after `index` others.
 *
 * @throws RangeError where seed or step is out of range
 */
export function randomWords(seed: number, stream: string, step = 0): (index: number) => number {
  checkWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  checkWhole('step', step, 0, words - 1);
  const name = hash(stream);
  const counter = Uint32Array.of(0, step, name[0], name[1]);
  const block = new Uint32Array(4);
  return (index) => {
    counter[0] = Math.floor(index / 4);
    philox(counter, seed | 0, Math.floor(seed / words), block);
    return block[index % 4];
  };
}

class PhiloxStream implements RandomStream {
  private readonly keyLow: number;
  private readonly keyHigh: number;
  private readonly counter: Uint32Array;
  private readonly block = new Uint32Array(4);
  private position = 4;
  private spareNormal = Number.NaN;

  constructor(seed: number, stream: string, step: number) {
    this.keyLow = seed | 0;
    this.keyHigh = Math.floor(seed / words);
    const name = hash(stream);
    this.counter = Uint32Array.of(0, step, name[0], name[1]);
  }

  uint32(): number {
    if (this.position === 4) this.nextBlock();
    return this.block[this.position++];
  }

  uniform(): number {
    return this.uint32() / words;
  }

  /** Box–Muller: two uniforms are the radius and the angle of two normals. */
  normal(): number {
    const spare = this.spareNormal;
    if (!Number.isNaN(spare)) {
      this.spareNormal = Number.NaN;
      return spare;
    }
    const radius = Math.sqrt(2 * this.exponential());
    const angle = 2 * Math.PI * this.uniform();
    this.spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** −log(1 − u), u in the middle of one of 2³² cells: never 0, never infinite. */
  exponential(): number {
    return -Math.log(1 - (this.uint32() + 0.5) / words);
  }

  /** Words past the last whole multiple of `below` are drawn again: they would favour the low. */
  integer(below: number): number {
    checkWhole('below', below, 1, words);
    const limit = words - (words % below);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % below;
  }

  bernoulli(p: number): boolean {
    return this.uniform() < p;
  }

  private nextBlock(): void {
    philox(this.counter, this.keyLow, this.keyHigh, this.block);
    this.counter[0]++;
    this.position = 0;
  }
}

/** Hashes a name with Philox itself: four characters at a time are mixed into the words. */
function hash(name: string): Uint32Array {
  const state = new Uint32Array(4);
  for (let start = 0; start < name.length; start += 4) {
    for (let i = 0; i < 4; i++) state[i] ^= name.charCodeAt(start + i);
    philox(state, name.length, 0, state);
  }
  return state;
}

function checkWhole(subject: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${subject} ${value}: must be a whole number from ${least} to ${most}`);
}
