import type { RandomStream } from './stream.ts';

/** The numbers 0 … count − 1 in random order, every order as likely (Fisher and Yates). */
export function permutation(stream: RandomStream, count: number): Uint32Array {
  const order = new Uint32Array(count).map((_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = stream.integer(last + 1);
    const value = order[last];
    order[last] = order[other];
    order[other] = value;
  }
  return order;
}
