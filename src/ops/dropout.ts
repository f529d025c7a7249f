import { hashWord } from '../random/index.ts';
import type { OpRule, OpState } from './rule.ts';
import type { Tensor } from './tensor.ts';

/**
 * Dropout (Srivastava et al. 2014), scaled while training: a value is dropped with probability
 * `rate`, what remains is multiplied by 1 / (1 − rate). In evaluation nothing is dropped. Whether
 * a value is, its place in the batch decides, hashed with the key of the step.
 */
export interface DropoutOp {
  kind: 'dropout';
  /** Which dropout of the net, from 0; each has a key of its own. */
  index: number;
  /** In [0, 1). */
  rate: number;
}

const words = 2 ** 32;

/** A value is kept where its hash is at least this: a whole number below 2³². */
export const dropoutThreshold = (rate: number): number =>
  Math.min(words - 1, Math.round(rate * words));

export const dropout: OpRule<DropoutOp> = {
  shape: (_, [input]) => input,
  parameters: () => [],
  forward: (op, [x], state) => masked(op, x, state),
  gradient: (op, _, state, dy) => ({ inputs: [masked(op, dy, state)], parameters: [] }),
  macs: () => 0,
};

function masked({ rate }: DropoutOp, x: Tensor, { dropoutKey: key }: OpState): Tensor {
  if (!key) return { ...x, data: x.data.slice() };
  const threshold = dropoutThreshold(rate);
  const scale = words / (words - threshold);
  return { ...x, data: x.data.map((v, i) => (hashWord(key, i) >= threshold ? scale * v : 0)) };
}
