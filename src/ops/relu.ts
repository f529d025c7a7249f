import type { OpRule } from './rule.ts';
import { zeros } from './tensor.ts';

/** The rectifier max(0, x); its derivative at 0 is 0. */
export interface ReluOp {
  kind: 'relu';
}

export const relu: OpRule<ReluOp> = {
  shape: (_, [input]) => input,
  parameters: () => [],
  forward(_, [x]) {
    return { ...x, data: x.data.map((value) => Math.max(0, value)) };
  },
  gradient(_, [x], __, dy) {
    const dx = zeros(x.samples, x);
    for (let i = 0; i < dx.data.length; i++) dx.data[i] = x.data[i] > 0 ? dy.data[i] : 0;
    return { inputs: [dx], parameters: [] };
  },
  macs: () => 0,
};
