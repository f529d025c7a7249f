import type { OpRule } from './rule.ts';
import { eachValue, zeros } from './tensor.ts';

/** Normalisation of image bytes: (byte - mean) / std, channel by channel, in units of 0…255. */
export interface LoadOp {
  kind: 'load';
  channels: number;
  height: number;
  width: number;
  mean: number[];
  std: number[];
}

export const load: OpRule<LoadOp> = {
  shape: ({ channels, height, width }) => ({ channels, height, width }),
  parameters: () => [],
  forward(op, [bytes]) {
    const y = zeros(bytes.samples, bytes);
    eachValue(y, (_, c, i) => {
      y.data[i] = (bytes.data[i] - op.mean[c]) / op.std[c];
    });
    return y;
  },
  gradient(op, [bytes], _, dy) {
    const dx = zeros(bytes.samples, bytes);
    eachValue(dx, (__, c, i) => {
      dx.data[i] = dy.data[i] / op.std[c];
    });
    return { inputs: [dx], parameters: [] };
  },
  macs: () => 0,
};
