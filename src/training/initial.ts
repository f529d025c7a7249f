import type { Initial } from '../nets/parameters.ts';
import { randomStream } from '../random/index.ts';

/** Fills a parameter with its first values, the same for the same seed and name. */
export function drawInitial(seed: number, name: string, initial: Initial, to: Float32Array): void {
  const stream = randomStream(seed, `initial/${name}`);
  const draw = {
    constant: ({ value }: Extract<Initial, { kind: 'constant' }>) => value,
    normal: ({ std }: Extract<Initial, { kind: 'normal' }>) => std * stream.normal(),
    uniform: ({ bound }: Extract<Initial, { kind: 'uniform' }>) =>
      bound * (2 * stream.uniform() - 1),
  }[initial.kind] as (initial: Initial) => number;
  for (let i = 0; i < to.length; i++) to[i] = draw(initial);
}
