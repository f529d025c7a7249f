import type { OpRule } from './rule.ts';
import { place, type Tensor, zeros } from './tensor.ts';

/**
 * The two views of a projecting skip path (Gastaldi 2017): channels [0, C) are x at every
 * stride-th pixel; channels [C, 2C) are the same of x shifted one pixel right and one down, zero
 * filled, so that pixel i sees x at stride · i - 1.
 */
export interface SubsampleOp {
  kind: 'subsample';
  stride: number;
}

export const subsample: OpRule<SubsampleOp> = {
  shape: (op, [input]) => ({
    channels: 2 * input.channels,
    height: Math.ceil(input.height / op.stride),
    width: Math.ceil(input.width / op.stride),
  }),
  parameters: () => [],
  forward(op, [x]) {
    const y = zeros(x.samples, subsample.shape(op, [x]));
    eachPair(op, x, y, (xi, yi) => {
      y.data[yi] = x.data[xi];
    });
    return y;
  },
  gradient(op, [x], _, dy) {
    const dx = zeros(x.samples, x);
    eachPair(op, x, dy, (xi, yi) => {
      dx.data[xi] += dy.data[yi];
    });
    return { inputs: [dx], parameters: [] };
  },
  macs: () => 0,
};

/** Visits the places of every output value that has a source inside the image. */
function eachPair(
  op: SubsampleOp,
  x: Tensor,
  y: Tensor,
  visit: (xi: number, yi: number) => void,
): void {
  for (let sample = 0; sample < y.samples; sample++)
    for (let c = 0; c < y.channels; c++) {
      const shift = c < x.channels ? 0 : 1;
      for (let row = 0; row < y.height; row++)
        for (let column = 0; column < y.width; column++) {
          const sourceRow = op.stride * row - shift;
          const sourceColumn = op.stride * column - shift;
          if (sourceRow < 0 || sourceColumn < 0) continue;
          const from = place(x, sample, c % x.channels, sourceRow, sourceColumn);
          visit(from, place(y, sample, c, row, column));
        }
    }
}
