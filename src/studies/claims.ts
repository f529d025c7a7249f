import { contrast } from './contrast.ts';
import { type Measure, measures } from './measures/measures.ts';
import { type ModelRuns, statisticOf } from './models.ts';

/** What became of a claim; `untested` where a model that it speaks of was not trained. */
export type Verdict = 'agrees' | 'disagrees' | 'undecided' | 'untested';

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
  verdict: Verdict;
}

export interface JudgedClaim extends Omit<Claim, 'comparisons'> {
  comparisons: JudgedComparison[];
  verdict: Verdict;
}

/** Titles by key of models that claims may speak of, though none of their runs is there. */
export type ModelTitles = ReadonlyMap<string, string>;

/**
 * Holds claims against a study's runs. A claim disagrees if one of its comparisons is refuted,
 * agrees if all of them hold, and is undecided, or untested for want of a model, otherwise. Which
 * means count as different, `contrast` decides.
 */
export function judgeClaims(
  claims: readonly Claim[],
  models: readonly ModelRuns[],
  titles: ModelTitles = new Map(),
): JudgedClaim[] {
  return claims.map((claim) => {
    const comparisons = claim.comparisons.map((comparison) => judge(comparison, models, titles));
    return { ...claim, comparisons, verdict: combine(comparisons.map(({ verdict }) => verdict)) };
  });
}

function combine(verdicts: readonly Verdict[]): Verdict {
  const telling = ['disagrees', 'untested', 'undecided'] as const;
  return telling.find((verdict) => verdicts.includes(verdict)) ?? 'agrees';
}

function judge(
  comparison: Comparison,
  models: readonly ModelRuns[],
  titles: ModelTitles,
): JudgedComparison {
  const { measure, of, relation, than, times = 1 } = comparison;
  const left = models.find(({ key }) => key === of);
  const right = typeof than === 'number' ? than : models.find(({ key }) => key === than);
  const held = left && right !== undefined ? contrast(left, right, measure, times) : null;
  const untested = left === undefined || right === undefined;
  return {
    measure,
    rule: ruleInWords(comparison, models, titles),
    left: left ? meanOf(left, measure) : null,
    right: right === undefined ? null : meanOf(right, measure),
    times,
    verdict: untested ? 'untested' : held ? decide(relation, held.sign) : 'undecided',
  };
}

function meanOf(subject: ModelRuns | number, measure: Measure): number | null {
  if (typeof subject === 'number') return subject;
  return statisticOf(subject, measure)?.mean ?? null;
}

function decide(relation: Comparison['relation'], sign: number): Verdict {
  if (relation === 'not above') return sign > 0 ? 'disagrees' : 'agrees';
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
