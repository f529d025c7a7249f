// Families of comparisons simulated with known truth, for `verdicts.ts` to count what is said of them.

import { type RandomStream, randomStream } from '../src/random/index.ts';
import type { Difference } from '../src/statistics/difference.ts';
import { pairedPower, welchPower } from '../src/statistics/power.ts';
import { contrastValues } from '../src/studies/contrast.ts';
import { type JudgedContrast, judgeContrasts } from '../src/studies/family.ts';

/** By how much one seed is off its model's mean: mean 0, deviation 1. */
export type SeedError = (stream: RandomStream) => number;

/** A question asked of many simulated families. */
export interface Setting {
  error: SeedError;
  test: Difference['test'];
  /** Models of a family; each but the first is compared with the first. */
  models: number;
  /** Seeds of each model. */
  seeds: number;
  /** By how many deviations the last model's mean is off, where power is asked for. */
  gap: number;
  families: number;
  seed: number;
}

/** What was said, as shares of families. */
export interface Rates {
  /** Of equal models any pair was called distinct. */
  falseVerdicts: number;
  /** The 95 % interval of the last comparison held its true difference. */
  covered: number;
  /** All simultaneous intervals held theirs. */
  coveredTogether: number;
  /** The gap was found by its own test, and by the formula for normal errors. */
  found: number;
  expected: number;
  /** It was found as one of the family. */
  foundInFamily: number;
}

/** A normal error; a skewed one, exponential; one of heavy tails, Student's with three degrees. */
export const seedErrors: Record<string, SeedError> = {
  normal: (stream) => stream.normal(),
  skewed: (stream) => stream.exponential() - 1,
  heavy: (stream) => {
    const [z, a, b, c] = [0, 1, 2, 3].map(() => stream.normal());
    return z / Math.sqrt(a ** 2 + b ** 2 + c ** 2);
  },
};

/**
 * Errors drawn from those of real runs: how far each is from its model's mean, of all models together,
 * in deviations. A seed's model is forgotten, which relabels the groups at random.
 *
 * @param models values of each model's seeds, at least two each
 */
export function resampledErrors(models: readonly (readonly number[])[]): SeedError {
  const residuals = models.flatMap((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => (value - mean) * Math.sqrt(values.length / (values.length - 1)));
  });
  const square = residuals.reduce((sum, residual) => sum + residual ** 2, 0) / residuals.length;
  return (stream) => residuals[stream.integer(residuals.length)] / Math.sqrt(square);
}

/** Simulates a setting's families, once with equal models and once with the gap. */
export function simulate(setting: Setting): Rates {
  const { test, seeds, gap, families, seed } = setting;
  const counts = { falseVerdicts: 0, covered: 0, coveredTogether: 0, found: 0, foundInFamily: 0 };
  for (let family = 0; family < families; family++) {
    const equal = judged(setting, 0, randomStream(seed, 'verdicts', family));
    const apart = judged(setting, gap, randomStream(seed, 'verdicts', family));
    if (equal.some(({ sign }) => sign)) counts.falseVerdicts++;
    if (holds(equal.at(-1)!.difference, equal.at(-1)!.halfWidth)) counts.covered++;
    if (equal.every((one) => holds(one.difference, one.simultaneous))) counts.coveredTogether++;
    if ((apart.at(-1)!.probability ?? 1) <= 0.05) counts.found++;
    if (apart.at(-1)!.sign) counts.foundInFamily++;
  }
  const expected =
    test === 'paired'
      ? pairedPower({ difference: gap, deviation: Math.SQRT2 }, seeds)!
      : welchPower({ difference: gap, deviations: [1, 1] }, seeds)!;
  const shares = Object.entries(counts).map(([name, count]) => [name, count / families]);
  return { ...Object.fromEntries(shares), expected };
}

/**
 * Every model less the first, judged by the functions that judge a report's; the last is off by the
 * gap. Paired models have the same seeds, others their own.
 */
function judged(
  { error, test, models, seeds }: Setting,
  gap: number,
  stream: RandomStream,
): JudgedContrast[] {
  const values = Array.from({ length: models }, (_, model) => {
    const from = test === 'paired' ? 0 : model * seeds;
    const off = model === models - 1 ? gap : 0;
    return new Map(Array.from({ length: seeds }, (_, k) => [from + k, error(stream) + off]));
  });
  const contrasts = values.slice(1).map((own) => contrastValues(own, values[0]));
  return judgeContrasts(contrasts.map((one) => ({ ...one, seedsToTell: () => null })));
}

/** Whether an interval holds 0. An untested difference claims nothing, so it is not wrong. */
const holds = (difference: number | null, halfWidth: number | null): boolean =>
  difference === null || halfWidth === null || Math.abs(difference) <= halfWidth;
