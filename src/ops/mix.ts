import type { OpRule } from './rule.ts';
import { eachValue, type Tensor, zeros } from './tensor.ts';

/**
 * The mix of a residual block (paper, section 2.1): y = skip + Σ αₙ Bₙ forward; backward the skip
 * path gets g and branch n gets βₙ g. Inputs are the skip path [C] and the branches [N · C].
 */
export interface MixOp {
  kind: 'mix';
  /** Which block of the net, from 0; each has its own coefficients. */
  block: number;
  branches: number;
  /** Bands of rows with coefficients of their own. */
  bands: number;
}

export const mix: OpRule<MixOp> = {
  shape: (_, [skip]) => skip,
  parameters: () => [],
  forward(op, [skip, branches], { alpha }) {
    const y: Tensor = { ...skip, data: skip.data.slice() };
    eachCoefficient(op, branches, (coefficient, to, from) => {
      y.data[to] += alpha![coefficient] * branches.data[from];
    });
    return y;
  },
  gradient(op, [, branches], { beta }, dy) {
    const dBranches = zeros(branches.samples, branches);
    eachCoefficient(op, branches, (coefficient, to, from) => {
      dBranches.data[from] = beta![coefficient] * dy.data[to];
    });
    return { inputs: [{ ...dy, data: dy.data.slice() }, dBranches], parameters: [] };
  },
  macs: (op, [skip]) => op.branches * skip.channels * skip.height * skip.width,
};

/** Visits (coefficient's place, mixed value's place, branch value's place). */
function eachCoefficient(
  op: MixOp,
  branches: Tensor,
  visit: (coefficient: number, to: number, from: number) => void,
): void {
  const size = branches.channels * branches.height * branches.width;
  const width = size / op.branches;
  eachValue(branches, (sample, c, i) => {
    const branch = Math.floor((c * op.branches) / branches.channels);
    const row = Math.floor(i / branches.width) % branches.height;
    const band = Math.floor((row * op.bands) / branches.height);
    const coefficient = (band * op.branches + branch) * branches.samples + sample;
    visit(coefficient, sample * width + (i % size) - branch * width, i);
  });
}
