// Families of comparisons simulated with known truth, for `verdicts.ts` to count what is said of them.

import { type RandomStream, randomStream } from '../src/random/index.ts';
import type { Difference } from '../src/statistics/difference.ts';
import { estimate } from '../src/statistics/estimate.ts';
import { pairedPower, welchPower } from '../src/statistics/power.ts';
import { contrastValues } from '../src/studies/contrast.ts';
import { type JudgedContrast, judgeContrasts } from '../src/studies/family.ts';

/** How the seeds of one model err. */
export interface SeedErrors {
  deviation: number;
  /** By how much one seed is off its model's mean: mean 0. */
  draw(stream: RandomStream): number;
}

/** The errors of a model's seeds; models of one family may differ in their spread. */
export type SeedLaw = (stream: RandomStream) => SeedErrors;

/** A question asked of many simulated families. */
export interface Setting {
  law: SeedLaw;
  test: Difference['test'];
  /** Models of a family; each but the first is compared with the first. */
  models: number;
  /** Seeds of each model. */
  seeds: number;
  /**
   * By how many deviations the last model's mean is off, where power is asked for: of the root mean square of
   * its own and the first model's.
   */
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
  /** The gap was found by its own test, and would be by the formula for normal errors of the same spreads. */
  found: number;
  expected: number;
  /** It was found as one of the family. */
  foundInFamily: number;
}

const alike =
  (draw: SeedErrors['draw']): SeedLaw =>
  () => ({ deviation: 1, draw });

/** A normal error; a skewed one, exponential; one of heavy tails, Student's with three degrees. */
export const seedErrors: Record<string, SeedLaw> = {
  normal: alike((stream) => stream.normal()),
  skewed: alike((stream) => stream.exponential() - 1),
  heavy: alike((stream) => {
    const [z, a, b, c] = [0, 1, 2, 3].map(() => stream.normal());
    return z / Math.sqrt(a ** 2 + b ** 2 + c ** 2);
  }),
};

/**
 * Errors drawn from those of real runs: how far each is from its model's mean, in the model's own deviations,
 * of all models together; times the deviation of a real model at random. A seed's model is forgotten, which
 * relabels the groups at random, while every simulated model has one spread, as a real one has.
 *
 * @param models values of each model's seeds, at least two each; those without spread are left out
 */
export function resampledErrors(models: readonly (readonly number[])[]): SeedLaw {
  const estimates = models.map((values) => ({ values, ...estimate(values) }));
  const known = estimates.filter(({ deviation }) => deviation !== null && deviation > 0);
  const residuals = known.flatMap(({ values, mean, deviation }) => {
    const { length: n } = values;
    return values.map((value) => ((value - mean) / deviation!) * Math.sqrt(n / (n - 1)));
  });
  return (stream) => {
    const deviation = known[stream.integer(known.length)].deviation!;
    return { deviation, draw: (own) => deviation * residuals[own.integer(residuals.length)] };
  };
}

/** Simulates a setting's families, once with equal models and once with the gap. */
export function simulate(setting: Setting): Rates {
  const { families, seed } = setting;
  const counts = { falseVerdicts: 0, covered: 0, coveredTogether: 0, found: 0, foundInFamily: 0 };
  let expected = 0;
  for (let family = 0; family < families; family++) {
    const equal = judged({ ...setting, gap: 0 }, randomStream(seed, 'verdicts', family));
    const apart = judged(setting, randomStream(seed, 'verdicts', family));
    const [last, far] = [equal.contrasts.at(-1)!, apart.contrasts.at(-1)!];
    if (equal.contrasts.some(({ sign }) => sign)) counts.falseVerdicts++;
    if (holds(last.difference, last.halfWidth)) counts.covered++;
    if (equal.contrasts.every((one) => holds(one.difference, one.simultaneous)))
      counts.coveredTogether++;
    if ((far.probability ?? 1) <= 0.05) counts.found++;
    if (far.sign) counts.foundInFamily++;
    expected += power(setting, apart.deviations) / families;
  }
  const shares = Object.entries(counts).map(([name, count]) => [name, count / families]);
  return { ...Object.fromEntries(shares), expected };
}

const powers = new Map<string, number>();

/** How often normal errors of two deviations would show the gap, worked out once for each pair of them. */
function power({ test, seeds, gap }: Setting, [one, other]: readonly number[]): number {
  const scale = spreadOf(one, other);
  const deviations = [one / scale, other / scale].sort() as [number, number];
  const key = JSON.stringify([test, seeds, gap, deviations]);
  const known = powers.get(key);
  if (known !== undefined) return known;
  const found =
    test === 'paired'
      ? pairedPower({ difference: gap, deviation: Math.SQRT2 }, seeds)!
      : welchPower({ difference: gap, deviations }, seeds)!;
  powers.set(key, found);
  return found;
}

const spreadOf = (one: number, other: number): number => Math.sqrt((one ** 2 + other ** 2) / 2);

/**
 * Every model less the first, judged by the functions that judge a report's; the last is off by the
 * gap. Paired models have the same seeds, others their own.
 *
 * @returns the deviations of the first and the last model too
 */
function judged(
  { law, test, models, seeds, gap }: Setting,
  stream: RandomStream,
): { contrasts: JudgedContrast[]; deviations: [number, number] } {
  const laws = Array.from({ length: models }, () => law(stream));
  const deviations: [number, number] = [laws[0].deviation, laws[models - 1].deviation];
  const values = laws.map((errors, model) => {
    const from = test === 'paired' ? 0 : model * seeds;
    const off = model === models - 1 ? gap * spreadOf(...deviations) : 0;
    return new Map(Array.from({ length: seeds }, (_, k) => [from + k, errors.draw(stream) + off]));
  });
  const contrasts = values.slice(1).map((own) => contrastValues(own, values[0]));
  const judgedAll = judgeContrasts(contrasts.map((one) => ({ ...one, seedsToTell: () => null })));
  return { contrasts: judgedAll, deviations };
}

/** Whether an interval holds 0. An untested difference claims nothing, so it is not wrong. */
const holds = (difference: number | null, halfWidth: number | null): boolean =>
  difference === null || halfWidth === null || Math.abs(difference) <= halfWidth;
