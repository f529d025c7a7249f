import { type Difference, pairedDifference, welchDifference } from '../statistics/difference.ts';
import { hedgesEffect, pairedEffect } from '../statistics/effect.ts';
import { estimate, meanOf, shareDeviation } from '../statistics/estimate.ts';
import { pairedSeeds, welchSeeds } from '../statistics/power.ts';
import { signFlipTest } from '../statistics/signFlips.ts';
import { staysAtChance } from './chance.ts';
import type { Unjudged } from './family.ts';
import { type Measure, measures } from './measures/measures.ts';
import {
  type SeedRuns,
  type SeedValues,
  samplingDeviation,
  seedValues,
  valuesBySeed,
} from './models.ts';

/**
 * How a measure of one model, averaged over its seeds, differs from that of another: tested by itself,
 * and not judged before the whole family is, see `judgeContrasts`.
 */
export interface Contrast {
  /** The two means. */
  left: number;
  right: number;
  /** Left minus right, or minus `times` right; paired where both have the same seeds, else Welch's. */
  tested: Difference;
  /** p of the permutation test of paired values, which asks for no normality; of fewer than six there is none. */
  permuted?: number;
  /** Seeds of the model that has fewer. */
  seeds: number;
  /** Cohen's d_z of paired values, Hedges' g of others; null where there is no spread. */
  effect: number | null;
  /** Two standard errors that the finite sample alone gives the difference. */
  samplingNoise: number;
  /** A difference up to this size counts as none: the noise, or the measure's resolution. */
  margin: number;
  /** Why nothing can be said, whatever the family. */
  unjudged: Unjudged | null;
  /** Seeds of each model with which so large a difference is found in 8 of 10 studies. */
  seedsToTell(level: number): number | null;
}

/**
 * Holds a measure of one model against `times` that of another, or against a number.
 *
 * @returns null where a model lacks the measure
 */
export function contrast(
  left: SeedRuns,
  right: SeedRuns | number,
  measure: Measure,
  times = 1,
): Contrast | null {
  const ours = valuesBySeed(left, measure);
  const theirs = ours && referenceOf(right, measure, ours);
  if (!ours || !theirs) return null;
  const ofSamples = typeof right === 'number' ? 0 : times * samplingDeviation(right, measure);
  const samplingNoise = 2 * Math.hypot(samplingDeviation(left, measure), ofSamples);
  const held = contrastValues(ours, multiplied(theirs, times));
  const guesses = [left, right].some((model) => typeof model !== 'number' && staysAtChance(model));
  return {
    ...held,
    right: held.right / times,
    samplingNoise,
    margin: Math.max(samplingNoise, measures[measure].resolution),
    unjudged: guesses ? 'at chance' : held.unjudged,
  };
}

/**
 * Holds the errors of one model's seeds against another's.
 *
 * @param left in percent of the images, of seeds 1, 2, …; so is `right`
 * @param images that all of them are judged by
 */
export function contrastErrors(
  left: readonly number[],
  right: readonly number[],
  images: number,
): Contrast {
  const deviations = [left, right].map((errors) =>
    meanOf(errors.map((error) => shareDeviation(error, images))),
  );
  const samplingNoise = 2 * Math.hypot(...deviations);
  const held = contrastValues(seedValues(left), seedValues(right));
  return { ...held, samplingNoise, margin: samplingNoise };
}

/** Holds the values of one model's seeds against another's, as if the samples were without end. */
export function contrastValues(left: SeedValues, right: SeedValues): Contrast {
  const pair = pairedValues(left, right);
  const [a, b] = pair ?? [[...left.values()], [...right.values()]];
  const tested = pair ? pairedDifference(a, b) : welchDifference(a, b);
  return {
    left: estimate(a).mean,
    right: estimate(b).mean,
    tested,
    ...(pair && !tested.untested && permutedOf(a, b)),
    seeds: Math.min(a.length, b.length),
    effect: tested.untested ? null : pair ? pairedEffect(a, b) : hedgesEffect(a, b),
    ...{ samplingNoise: 0, margin: 0, unjudged: reasonOf(tested) },
    seedsToTell: (level) => seedsToTell(tested, [a, b], level),
  };
}

/** The fewest pairs whose signs can be so one-sided that p is 0.05 or less. */
const fewestPermuted = 6;

function permutedOf(left: readonly number[], right: readonly number[]): Pick<Contrast, 'permuted'> {
  if (left.length < fewestPermuted) return {};
  const differences = left.map((value, place) => value - right[place]);
  const { probability } = signFlipTest(differences, 1);
  return probability === null ? {} : { permuted: probability };
}

const reasonOf = ({ untested }: Difference): Unjudged | null =>
  untested === 'too few values' ? 'one seed' : untested;

/** A number is held against every seed, which makes the paired test one of a single sample. */
function referenceOf(
  right: SeedRuns | number,
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
function pairedValues(left: SeedValues, right: SeedValues): [number[], number[]] | null {
  const matched = [...left.keys()].map((seed) => right.get(seed));
  const theirs = matched.filter((value) => value !== undefined);
  if (theirs.length !== left.size || left.size !== right.size) return null;
  return [[...left.values()], theirs];
}

/** As many seeds as find the difference that was seen, if it and the spread are the true ones. */
function seedsToTell(
  { test, difference, standardError }: Difference,
  [a, b]: [number[], number[]],
  level: number,
): number | null {
  if (difference === null || difference === 0 || standardError === null) return null;
  if (test === 'paired')
    return pairedSeeds({ difference, deviation: standardError * Math.sqrt(a.length), level });
  return welchSeeds({ difference, deviations: [deviationOf(a), deviationOf(b)], level });
}

const deviationOf = (values: readonly number[]): number => estimate(values).deviation!;
