import type { OpRule } from './rule.ts';
import { eachValue, zeros } from './tensor.ts';

/** Global average pool: the mean over an activation's pixels. */
export interface GlobalPoolOp {
  kind: 'globalPool';
}

export const globalPool: OpRule<GlobalPoolOp> = {
  shape: (_, [{ channels }]) => ({ channels, height: 1, width: 1 }),
  parameters: () => [],
  forward(_, [x]) {
    const y = zeros(x.samples, { channels: x.channels, height: 1, width: 1 });
    eachValue(x, (sample, c, i) => {
      y.data[sample * x.channels + c] += x.data[i] / (x.height * x.width);
    });
    return y;
  },
  gradient(_, [x], __, dy) {
    const dx = zeros(x.samples, x);
    eachValue(dx, (sample, c, i) => {
      dx.data[i] = dy.data[sample * x.channels + c] / (x.height * x.width);
    });
    return { inputs: [dx], parameters: [] };
  },
  macs: () => 0,
};
