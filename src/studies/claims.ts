import { type Contrast, contrast } from './contrast.ts';
import { type JudgedContrast, judgeContrasts } from './family.ts';
import { type Measure, measures } from './measures/measures.ts';
import { type ModelRuns, statisticOf } from './models.ts';

/**
 * What became of a claim; `untested` where a model that it speaks of was not trained, `unjudged` where
 * what was seen allows no verdict, as of one seed.
 */
export type Verdict = 'agrees' | 'disagrees' | 'undecided' | 'untested' | 'unjudged';

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

/** A comparison, in the order in which one says it. */
export const compare = (
  measure: Measure,
  of: string,
  relation: Comparison['relation'],
  than: string | number,
  times?: number,
): Comparison => ({ measure, of, relation, than, times });

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
  /** How left and right differ, judged as one of all comparisons; null where either is missing. */
  contrast: JudgedContrast | null;
  verdict: Verdict;
}

export interface JudgedClaim extends Omit<Claim, 'comparisons'> {
  comparisons: JudgedComparison[];
  verdict: Verdict;
}

/** Titles by key of models that claims may speak of, though none of their runs is there. */
export type ModelTitles = ReadonlyMap<string, string>;

/**
 * Holds claims against a study's runs. The comparisons of all claims are one family, in which any wrong
 * verdict is rare. A claim disagrees if one of its comparisons is refuted, agrees if all of them hold,
 * and is open otherwise: untested for want of a model, unjudged for want of seeds, or undecided.
 */
export function judgeClaims(
  claims: readonly Claim[],
  models: readonly ModelRuns[],
  titles: ModelTitles = new Map(),
): JudgedClaim[] {
  const contrasts = claims.map(({ comparisons }) =>
    comparisons.map((comparison) => contrastOf(comparison, models)),
  );
  const judged = judgeContrasts(contrasts.flat().filter((one) => one !== null)).values();
  return claims.map((claim, at) => {
    const comparisons = claim.comparisons.map((comparison, place) => {
      const found = contrasts[at][place] ? judged.next().value! : null;
      return decided(comparison, found, models, titles);
    });
    return { ...claim, comparisons, verdict: combine(comparisons.map(({ verdict }) => verdict)) };
  });
}

function combine(verdicts: readonly Verdict[]): Verdict {
  const telling = ['disagrees', 'untested', 'unjudged', 'undecided'] as const;
  return telling.find((verdict) => verdicts.includes(verdict)) ?? 'agrees';
}

/** The two sides of a comparison; undefined where a model was not trained. */
function sidesOf({ of, than }: Comparison, models: readonly ModelRuns[]) {
  const named = (key: string) => models.find((model) => model.key === key);
  return { left: named(of), right: typeof than === 'number' ? than : named(than) };
}

function contrastOf(comparison: Comparison, models: readonly ModelRuns[]): Contrast | null {
  const { left, right } = sidesOf(comparison, models);
  if (left === undefined || right === undefined) return null;
  return contrast(left, right, comparison.measure, comparison.times);
}

function decided(
  comparison: Comparison,
  found: JudgedContrast | null,
  models: readonly ModelRuns[],
  titles: ModelTitles,
): JudgedComparison {
  const { measure, times = 1 } = comparison;
  const { left, right } = sidesOf(comparison, models);
  const untested = left === undefined || right === undefined;
  return {
    measure,
    rule: ruleInWords(comparison, models, titles),
    left: left ? meanOf(left, measure) : null,
    right: right === undefined ? null : meanOf(right, measure),
    times,
    contrast: found,
    verdict: untested ? 'untested' : found ? decide(comparison, found) : 'undecided',
  };
}

function meanOf(subject: ModelRuns | number, measure: Measure): number | null {
  if (typeof subject === 'number') return subject;
  return statisticOf(subject, measure)?.mean ?? null;
}

/**
 * `not above` holds where the whole simultaneous interval lies below what counts as no difference: that
 * nothing was found does not show that nothing is there.
 */
function decide({ relation, measure }: Comparison, found: JudgedContrast): Verdict {
  const { sign, difference, simultaneous, samplingNoise } = found;
  if (sign === null) return 'unjudged';
  if (relation === 'not above') {
    const margin = Math.max(samplingNoise, measures[measure].resolution);
    if (difference! + simultaneous! <= margin) return 'agrees';
    return sign > 0 ? 'disagrees' : 'undecided';
  }
  if (sign === 0) return 'undecided';
  return sign > 0 === (relation === 'above') ? 'agrees' : 'disagrees';
}

function ruleInWords(
  comparison: Comparison,
  models: readonly ModelRuns[],
  titles: ModelTitles,
): string {
  const { measure, of, relation, than, times = 1 } = comparison;
  const { title, unit } = measures[measure];
  const measured = title[0].toLowerCase() + title.slice(1);
  const titleOf = (key: string): string =>
    models.find((m) => m.key === key)?.title ?? titles.get(key) ?? key;
  const factor = times === 1 ? '' : `${times} times `;
  const reference = typeof than === 'number' ? `${than}${unit}` : `that of ${titleOf(than)}`;
  return `${titleOf(of)}: ${measured} ${relation} ${factor}${reference}`;
}
