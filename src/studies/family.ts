import { z } from 'zod';
import { judgeFamily } from '../statistics/family.ts';
import { pairedDetectable } from '../statistics/power.ts';
import type { Contrast } from './contrast.ts';

const known = z.number().nullable();
const count = z.int().nonnegative();

/** Why a difference is not judged. */
const reasons = ['one seed', 'at chance', 'no spread', 'not finite'] as const;

export type Unjudged = (typeof reasons)[number];

/** A difference of two models as one of a family, in the unit of its measure. */
export const judgedContrastSchema = z.object({
  /** Left minus right, or minus so many times right. */
  difference: known,
  /** Seeds of the model that has fewer. */
  seeds: count,
  test: z.enum(['paired', 'welch']).nullable(),
  /** Half the width of the difference's 95 % confidence interval over the seeds. */
  halfWidth: known,
  /** Half the width of its simultaneous interval: all of the family hold at once. */
  simultaneous: known,
  probability: known,
  /** Holm's adjusted p. */
  adjusted: known,
  /** p of the permutation test beside it, of six paired seeds or more; no verdict rests on it. */
  permuted: z.number().optional(),
  /** How many differences were tested together. */
  family: count,
  /** Cohen's d_z of paired values, Hedges' g of others. */
  effect: known,
  /** Two standard errors that the finite sample alone gives the difference. */
  samplingNoise: z.number(),
  /** 1 or −1 where left and right can be told apart, 0 where not, null without a verdict. */
  sign: z.union([z.literal(1), z.literal(0), z.literal(-1)]).nullable(),
  unjudged: z.enum(reasons).nullable(),
  /**
   * Seeds of each model with which such a difference is found in 8 of 10 studies of this family; null
   * where no number does, as it lies within its margin.
   */
  seedsToTell: z.int().nullable(),
  /** With one seed: so many would find it, were the deviation of their paired differences no larger. */
  tolerances: z.array(z.object({ seeds: count, deviation: z.number() })),
});

export type JudgedContrast = z.infer<typeof judgedContrastSchema>;

/** Numbers of seeds that a study of one seed is told of. */
const toldSeeds = [3, 5, 10];

/**
 * Judges differences as one family, see `judgeFamily`. Two means can be told apart if Holm's adjusted p
 * is at most 0.05 and the difference is larger than its margin, which all seeds share. There is no
 * verdict where there is one seed, a net that stays at chance, or seeds without spread.
 */
export function judgeContrasts(contrasts: readonly Contrast[]): JudgedContrast[] {
  const judged = judgeFamily(contrasts.map(testOf));
  const family = judged.filter(({ distinct }) => distinct !== null).length;
  return contrasts.map((contrast, place) => {
    const { seeds, effect, samplingNoise, margin, unjudged, permuted } = contrast;
    const { difference, test, halfWidth, simultaneous, probability, adjusted, distinct } =
      judged[place];
    const beyond = Math.abs(difference ?? 0) > margin;
    const level = 0.05 / Math.max(1, family);
    return {
      ...{ difference, seeds, halfWidth, simultaneous, probability, adjusted, family },
      ...{ effect, samplingNoise, unjudged },
      ...(permuted !== undefined && !unjudged && { permuted }),
      test: distinct === null ? null : (test as JudgedContrast['test']),
      sign: distinct === null ? null : distinct && beyond ? (Math.sign(difference!) as 1 | -1) : 0,
      seedsToTell: distinct === null || !beyond ? null : contrast.seedsToTell(level),
      tolerances: unjudged === 'one seed' ? tolerancesOf(difference, contrasts.length) : [],
    };
  });
}

/** The test of a difference; one that is not to be judged does not count in the family. */
function testOf({ tested, unjudged }: Contrast): Contrast['tested'] {
  if (!unjudged) return tested;
  return { ...tested, standardError: null, freedom: null, halfWidth: null, probability: null };
}

/** How much seeds may deviate for a difference to be found among so many. */
function tolerancesOf(difference: number | null, family: number): JudgedContrast['tolerances'] {
  if (difference === null || difference === 0) return [];
  return toldSeeds.map((seeds) => {
    return { seeds, deviation: Math.abs(difference) / detectable(seeds, family) };
  });
}

/** What is detectable by seeds and family: each takes hundredths of a second to find. */
const detectables = new Map<string, number>();

/** The smallest difference, in deviations, that so many seeds find among so many. */
function detectable(seeds: number, family: number): number {
  const key = `${seeds} ${family}`;
  const found = detectables.get(key) ?? pairedDetectable(seeds, 0.05 / family)!;
  detectables.set(key, found);
  return found;
}
