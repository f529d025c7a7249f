import { sizeOf } from '../nets/parameters.ts';
import type { OpRule } from './rule.ts';
import { place, type Shape, type Tensor, zeros } from './tensor.ts';

/** A convolution without bias, zero-padded by half its kernel. */
export interface ConvOp {
  kind: 'conv';
  name: string;
  kernel: 1 | 3;
  stride: number;
  /** Groups of channels that do not see each other; the branches of a block are such groups. */
  groups: number;
  /** Convolutions laid side by side in this one, all of the same width. */
  merged: number;
  outChannels: number;
}

const weightShape = (op: ConvOp, input: Shape): number[] => [
  op.outChannels,
  input.channels / op.groups,
  op.kernel,
  op.kernel,
];

export const conv: OpRule<ConvOp> = {
  shape: (op, [input]) => ({
    channels: op.outChannels,
    height: Math.ceil(input.height / op.stride),
    width: Math.ceil(input.width / op.stride),
  }),

  /** N(0, √(2 / (k² Cout))) with Cout of one of the merged convolutions (Gastaldi 2017). */
  parameters(op, [input]) {
    const std = Math.sqrt((2 * op.merged) / (op.kernel ** 2 * op.outChannels));
    return [
      {
        name: `${op.name}.weight`,
        shape: weightShape(op, input),
        initial: { kind: 'normal', std },
      },
    ];
  },

  /** y[co][p] = Σ w[co][ci][k] x[ci][stride p + k - pad]. */
  forward(op, [x], { parameters: [w] }) {
    const y = zeros(x.samples, conv.shape(op, [x]));
    eachTap(op, x, y, (xi, wi, yi) => {
      y.data[yi] += w[wi] * x.data[xi];
    });
    return y;
  },

  gradient(op, [x], { parameters: [w] }, dy) {
    const dx = zeros(x.samples, x);
    const dw = new Float64Array(w.length);
    eachTap(op, x, dy, (xi, wi, yi) => {
      dx.data[xi] += w[wi] * dy.data[yi];
      dw[wi] += x.data[xi] * dy.data[yi];
    });
    return { inputs: [dx], parameters: [dw] };
  },

  macs(op, [input]) {
    const { height, width } = conv.shape(op, [input]);
    return height * width * sizeOf(weightShape(op, input));
  },
};

/** Visits every product of a convolution by the places of its three operands. */
function eachTap(
  op: ConvOp,
  x: Tensor,
  y: Tensor,
  visit: (xi: number, wi: number, yi: number) => void,
): void {
  const into = x.channels / op.groups;
  const out = op.outChannels / op.groups;
  for (let sample = 0; sample < x.samples; sample++)
    for (let co = 0; co < op.outChannels; co++)
      for (let ci = 0; ci < into; ci++)
        for (let ky = 0; ky < op.kernel; ky++)
          for (let kx = 0; kx < op.kernel; kx++) {
            const wi = ((co * into + ci) * op.kernel + ky) * op.kernel + kx;
            const channel = Math.floor(co / out) * into + ci;
            eachPixel(op, x, y, ky, kx, (yy, yx, xy, xx) => {
              visit(place(x, sample, channel, xy, xx), wi, place(y, sample, co, yy, yx));
            });
          }
}

/** The output pixels, and the input pixels under one tap of the kernel, that lie inside both. */
function eachPixel(
  op: ConvOp,
  x: Tensor,
  y: Tensor,
  ky: number,
  kx: number,
  visit: (yy: number, yx: number, xy: number, xx: number) => void,
): void {
  const pad = (op.kernel - 1) / 2;
  for (let yy = 0; yy < y.height; yy++)
    for (let yx = 0; yx < y.width; yx++) {
      const xy = yy * op.stride + ky - pad;
      const xx = yx * op.stride + kx - pad;
      if (xy >= 0 && xy < x.height && xx >= 0 && xx < x.width) visit(yy, yx, xy, xx);
    }
}
