import { compactness } from '../analysis/compactness.ts';
import { coverage } from '../analysis/coverage.ts';
import { dispersion } from '../analysis/dispersion.ts';
import type { Embedding } from '../analysis/embedding.ts';
import { margin } from '../analysis/margin.ts';

/** A trained run's embeddings: the cells that the paper's figures are made of. */
export interface Observations {
  /** Training samples in train mode, nothing updated. */
  trainMode: Embedding;
  /** Training samples in evaluate mode. */
  evaluateMode: Embedding;
  /** Test samples in evaluate mode. */
  test: Embedding;
}

/** The measures of a run's embeddings, as its summary keeps them. */
export function measureObservations({ trainMode, evaluateMode, test }: Observations) {
  const shares = (others: Embedding): { radius: number[]; within: number[] } => {
    const { radius, within } = compactness(trainMode, others);
    return { radius, within };
  };
  const { minimum, deviation, isotropy } = dispersion(trainMode);
  return {
    compactness: shares(evaluateMode),
    testCompactness: shares(test),
    coverage: coverage(trainMode, evaluateMode).mean,
    margin: margin(trainMode).mean,
    testMargin: margin(test).mean,
    angleDeviation: deviation,
    angleMinimum: minimum,
    isotropy,
  };
}
