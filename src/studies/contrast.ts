import { type Difference, pairedDifference, welchDifference } from '../statistics/difference.ts';
import { estimate } from '../statistics/estimate.ts';
import { type Measure, measures } from './measures/measures.ts';
import { type ModelRuns, type SeedValues, samplingDeviation, valuesBySeed } from './models.ts';

/** How a measure of one model, averaged over its seeds, differs from that of another. */
export interface Contrast {
  /** The two means. */
  left: number;
  right: number;
  /** Left minus right, or minus `times` right. */
  difference: number;
  /** Paired where both models have the same seeds, else Welch's; null with fewer than two each. */
  test: Difference['test'] | null;
  /** Half the width of the 95 % confidence interval of the difference, over the seeds. */
  halfWidth: number | null;
  probability: number | null;
  /** Two standard errors that the finite sample alone gives the difference. */
  samplingNoise: number;
  /** 1 or −1 where left and right differ, 0 where they cannot be told apart. */
  sign: number;
}

/**
 * Holds a measure of one model against `times` that of another, or against a number. They count as
 * different if their difference is larger than the measure's resolution, than the confidence
 * interval that the seeds leave, and than two standard errors of the finite sample, which all seeds
 * share.
 *
 * @returns null where a model lacks the measure
 */
export function contrast(
  left: ModelRuns,
  right: ModelRuns | number,
  measure: Measure,
  times = 1,
): Contrast | null {
  const ours = valuesBySeed(left, measure);
  const theirs = ours && referenceOf(right, measure, ours);
  if (!ours || !theirs) return null;
  const [a, b] = [ours, theirs].map((values) => estimate([...values.values()]).mean);
  const difference = a - times * b;
  const ofSeeds = seedDifference(ours, multiplied(theirs, times));
  const ofSamples = typeof right === 'number' ? 0 : times * samplingDeviation(right, measure);
  const samplingNoise = 2 * Math.hypot(samplingDeviation(left, measure), ofSamples);
  const { resolution } = measures[measure];
  const noise = Math.max(ofSeeds?.halfWidth ?? 0, samplingNoise, resolution);
  return {
    ...{ left: a, right: b, difference, samplingNoise },
    test: ofSeeds?.test ?? null,
    halfWidth: ofSeeds?.halfWidth ?? null,
    probability: ofSeeds?.probability ?? null,
    sign: Math.abs(difference) <= noise ? 0 : Math.sign(difference),
  };
}

/** A number is held against every seed, which makes the paired test one of a single sample. */
function referenceOf(
  right: ModelRuns | number,
  measure: Measure,
  ours: SeedValues,
): SeedValues | null {
  if (typeof right !== 'number') return valuesBySeed(right, measure);
  return new Map([...ours.keys()].map((seed) => [seed, right]));
}

function multiplied(values: SeedValues, times: number): SeedValues {
  return new Map([...values].map(([seed, value]) => [seed, times * value]));
}

/** Models trained with the same seeds see the same batches and crops, and are paired by them. */
function seedDifference(left: SeedValues, right: SeedValues): Difference | null {
  if (left.size < 2 || right.size < 2) return null;
  const matched = [...left.keys()].map((seed) => right.get(seed));
  const theirs = matched.filter((value) => value !== undefined);
  if (theirs.length === left.size && left.size === right.size) {
    return pairedDifference([...left.values()], theirs);
  }
  return welchDifference([...left.values()], [...right.values()]);
}
