import { readFileSync } from 'node:fs';

/** Values of mpmath, scipy, statsmodels and scikit-learn; `make_fixtures.py` says how each list is laid out. */
interface Fixtures {
  distributions: Record<'student' | 'normal' | 'beta' | 'noncentral', number[][]>;
  comparisons: {
    differences: {
      test: 'paired' | 'welch';
      left: number[];
      right: number[];
      freedom: number;
      halfWidth: number;
      probability: number;
    }[];
    signFlips: [number[], number][];
    acceleration: [number[], number][];
    bca: { values: number[]; low: number; high: number };
    mcnemar: number[][];
    shares: number[][];
    holm: [number[], number[]][];
    hedges: [number[], number[], number][];
    powers: number[][];
    welchPowers: number[][];
  };
  classes: Record<'labels' | 'logits' | 'precision' | 'recall' | 'f1', number[]> &
    Record<'accuracy' | 'balancedAccuracy' | 'logLoss' | 'brier', number> &
    Record<'temperature' | 'fittedLoss' | 'calibrationError', number> & { confusion: number[][] };
}

/** Reads the values of one file of testkit/fixtures/statistics. */
export function statisticsFixture<Name extends keyof Fixtures>(name: Name): Fixtures[Name] {
  const file = new URL(`../fixtures/statistics/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}
