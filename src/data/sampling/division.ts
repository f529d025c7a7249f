import { permutation, type RandomStream } from '../../random/index.ts';

/** A division of samples into two parts, each in ascending order. */
export interface Division {
  /** What is learned from. */
  train: Uint32Array;
  /** What is held out: for validation, or the fold's test. */
  held: Uint32Array;
}

/** Divides the samples 0 … count − 1 into those held out and the others. */
export function division(count: number, held: readonly number[]): Division {
  const out = new Uint8Array(count);
  for (const sample of held) out[sample] = 1;
  const train = new Uint32Array(count);
  let trained = 0;
  for (let sample = 0; sample < count; sample++) if (out[sample] === 0) train[trained++] = sample;
  return { train: train.slice(0, trained), held: Uint32Array.from(held).sort() };
}

/** Samples in random order. */
export function shuffled(samples: Uint32Array, stream: RandomStream): number[] {
  return Array.from(permutation(stream, samples.length), (place) => samples[place]);
}
