import { type Measure, measures } from './measures.ts';
import { type ModelRuns, type Statistic, statisticOf } from './statistics.ts';

export type Verdict = 'agrees' | 'disagrees' | 'undecided';

/**
 * One measurable part of a claim: a measure of one model against `times` that of another model, or
 * against a number in the measure's unit. Models are named by key, see `modelKey`.
 */
export interface Comparison {
  measure: Measure;
  of: string;
  relation: 'above' | 'below' | 'not above';
  than: string | number;
  times?: number;
}

/** A statement of the paper, in our words, with the comparisons that must all hold. */
export interface Claim {
  id: string;
  /** Where the paper shows it, such as `Fig. 3 (a, e)`. */
  where: string;
  statement: string;
  comparisons: Comparison[];
}

/** A comparison with the numbers of a study beside it. */
export interface JudgedComparison {
  measure: Measure;
  /** The rule in words. */
  rule: string;
  /** Means over the seeds, in the measure's unit; null where a model has no such measure. */
  left: number | null;
  right: number | null;
  times: number;
  verdict: Verdict;
}

export interface JudgedClaim extends Omit<Claim, 'comparisons'> {
  comparisons: JudgedComparison[];
  verdict: Verdict;
}

/**
 * Holds claims against a study's runs. A claim disagrees if one of its comparisons is refuted,
 * agrees if all of them hold, and is undecided otherwise. Two means count as different only if
 * they differ by more than the measure's resolution and by more than two standard errors.
 */
export function judgeClaims(claims: readonly Claim[], models: readonly ModelRuns[]): JudgedClaim[] {
  return claims.map((claim) => {
    const comparisons = claim.comparisons.map((comparison) => judge(comparison, models));
    return { ...claim, comparisons, verdict: combine(comparisons.map(({ verdict }) => verdict)) };
  });
}

function combine(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('disagrees')) return 'disagrees';
  return verdicts.includes('undecided') ? 'undecided' : 'agrees';
}

function judge(comparison: Comparison, models: readonly ModelRuns[]): JudgedComparison {
  const { measure, of, relation, than, times = 1 } = comparison;
  const left = lookUp(of, measure, models);
  const right = lookUp(than, measure, models);
  const sign = left && right && signOfDifference(left, right, times, measures[measure].resolution);
  return {
    measure,
    rule: ruleInWords(comparison, models),
    left: left?.mean ?? null,
    right: right?.mean ?? null,
    times,
    verdict: sign === null ? 'undecided' : decide(relation, sign),
  };
}

/** 1 or −1 where left and `times` right differ, 0 where they cannot be told apart. */
function signOfDifference(
  left: Statistic,
  right: Statistic,
  times: number,
  resolution: number,
): number {
  const difference = left.mean - times * right.mean;
  const noise = 2 * Math.hypot(left.standardError, times * right.standardError);
  return Math.abs(difference) <= Math.max(noise, resolution) ? 0 : Math.sign(difference);
}

function decide(relation: Comparison['relation'], sign: number): Verdict {
  if (relation === 'not above') return sign > 0 ? 'disagrees' : 'agrees';
  if (sign === 0) return 'undecided';
  return sign > 0 === (relation === 'above') ? 'agrees' : 'disagrees';
}

function lookUp(
  subject: string | number,
  measure: Measure,
  models: readonly ModelRuns[],
): Statistic | null {
  if (typeof subject === 'number') return { mean: subject, deviation: null, standardError: 0 };
  const model = models.find(({ key }) => key === subject);
  return model ? statisticOf(model, measure) : null;
}

function ruleInWords(comparison: Comparison, models: readonly ModelRuns[]): string {
  const { measure, of, relation, than, times = 1 } = comparison;
  const { title, unit } = measures[measure];
  const measured = title[0].toLowerCase() + title.slice(1);
  const titleOf = (key: string): string => models.find((m) => m.key === key)?.title ?? key;
  const factor = times === 1 ? '' : `${times} times `;
  const reference = typeof than === 'number' ? `${than}${unit}` : `that of ${titleOf(than)}`;
  return `${titleOf(of)}: ${measured} ${relation} ${factor}${reference}`;
}
