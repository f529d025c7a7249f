import type { OpRule, OpState } from './rule.ts';
import { eachValue, type Tensor, zeros } from './tensor.ts';

/** Batch normalisation (paper, Eq. 3), with several sets of γ and β where branches share an input. */
export interface BatchNormOp {
  kind: 'batchNorm';
  name: string;
  /** Sets of γ and β: the output has copies · C channels, all normalised by the same statistics. */
  copies: number;
}

/** Added to the variance (Gastaldi 2017). */
export const epsilon = 1e-5;
/** Weight of the newest batch in the running statistics (Gastaldi 2017). */
export const statisticsMomentum = 0.1;

export interface Statistics {
  mean: Float64Array;
  /** Biased: divided by the count. */
  variance: Float64Array;
  /** Values a channel. */
  count: number;
}

/** Mean and variance of each channel over samples and pixels. */
export function batchStatistics(x: Tensor): Statistics {
  const count = x.samples * x.height * x.width;
  const mean = new Float64Array(x.channels);
  const variance = new Float64Array(x.channels);
  eachValue(x, (_, c, i) => {
    mean[c] += x.data[i] / count;
  });
  eachValue(x, (_, c, i) => {
    variance[c] += (x.data[i] - mean[c]) ** 2 / count;
  });
  return { mean, variance, count };
}

const statisticsOf = (x: Tensor, { running }: OpState): Statistics =>
  running ? { ...running, count: 0 } : batchStatistics(x);

export const batchNorm: OpRule<BatchNormOp> = {
  shape: (op, [input]) => ({ ...input, channels: input.channels * op.copies }),

  parameters(op, [input]) {
    const shape = [input.channels * op.copies];
    return [
      { name: `${op.name}.weight`, shape, initial: { kind: 'constant', value: 1 } },
      { name: `${op.name}.bias`, shape, initial: { kind: 'constant', value: 0 } },
    ];
  },

  /** y = γ (x - mean) / √(variance + ε) + β. */
  forward(op, [x], state) {
    const { mean, variance } = statisticsOf(x, state);
    const [gamma, beta] = state.parameters;
    const y = zeros(x.samples, batchNorm.shape(op, [x]));
    eachCopy(op, x, (c, from, i, j) => {
      const normalised = (x.data[i] - mean[from]) / Math.sqrt(variance[from] + epsilon);
      y.data[j] = gamma[c] * normalised + beta[c];
    });
    return y;
  },

  /** dx = γ / σ (dy - mean(dy) - x̂ mean(dy x̂)); the last two vanish under running statistics. */
  gradient(op, [x], state, dy) {
    const { mean, variance, count } = statisticsOf(x, state);
    const gamma = state.parameters[0];
    const dGamma = new Float64Array(gamma.length);
    const dBeta = new Float64Array(gamma.length);
    const dx = zeros(x.samples, x);
    const normalised = (from: number, i: number) =>
      (x.data[i] - mean[from]) / Math.sqrt(variance[from] + epsilon);
    eachCopy(op, x, (c, from, i, j) => {
      dGamma[c] += dy.data[j] * normalised(from, i);
      dBeta[c] += dy.data[j];
    });
    eachCopy(op, x, (c, from, i, j) => {
      const centred = count ? (dBeta[c] + normalised(from, i) * dGamma[c]) / count : 0;
      dx.data[i] += (gamma[c] / Math.sqrt(variance[from] + epsilon)) * (dy.data[j] - centred);
    });
    return { inputs: [dx], parameters: [dGamma, dBeta] };
  },

  macs: () => 0,
};

/** Visits (output channel, input channel, input place, output place) for every output value. */
function eachCopy(
  op: BatchNormOp,
  x: Tensor,
  visit: (c: number, from: number, i: number, j: number) => void,
): void {
  const sampleSize = x.channels * x.height * x.width;
  eachValue(x, (sample, from, i) => {
    for (let copy = 0; copy < op.copies; copy++) {
      const j = i + (sample * (op.copies - 1) + copy) * sampleSize;
      visit(copy * x.channels + from, from, i, j);
    }
  });
}
