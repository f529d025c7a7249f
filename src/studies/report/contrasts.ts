import { plural, wholeNumber } from '../../text/text.ts';
import type { JudgedContrast } from '../family.ts';
import type { Measure } from '../measures/measures.ts';
import { formatMeasure } from './format.ts';

/** How verdicts come about, for a report's readers. */
export const howJudged =
  'Two means can be told apart only if Holm’s adjusted p, over all differences below that were ' +
  'tested, is at most 0.05, and they are further apart than two standard errors of the finite test ' +
  'set and than the measure’s resolution, where it has one. The first interval is that of 95\u202f% of ' +
  'the one difference; in the second, simultaneous one (Bonferroni’s) all differences lie at once. ' +
  'The effect is the difference in deviations of the seeds: d, Cohen’s d_z, of paired seeds, g, ' +
  'Hedges’, of others. Of six paired seeds or more the p of a permutation of signs stands beside, which asks for no ' +
  'normal errors and decides nothing. Numbers of seeds are those with which a difference as large as the one seen, ' +
  'with as much spread, is found in 8 of 10 studies of this family. Of one seed, or of a net that ' +
  'stays at chance, there is no verdict.';

/** `1.02 ± 1.88 % (± 3.40 simultaneous)`: a difference with its intervals. */
export function intervalInWords(contrast: JudgedContrast, measure: Measure): string {
  const { difference, halfWidth, simultaneous } = contrast;
  if (halfWidth === null || simultaneous === null) return formatMeasure(measure, difference);
  const [own, together] = [halfWidth, simultaneous].map((width) => formatMeasure(measure, width));
  return `${formatMeasure(measure, difference)} ± ${own} (± ${together} simultaneous)`;
}

/** `paired, p = 0.012, adjusted 0.24, d = 2.6`; nothing but the reason where nothing was tested. */
export function testInWords(contrast: JudgedContrast): string {
  const { test, probability, adjusted, effect, unjudged, permuted } = contrast;
  if (test === null || probability === null || adjusted === null) return `none: ${unjudged}`;
  const [name, symbol] = test === 'paired' ? ['paired', 'd'] : ['Welch', 'g'];
  const size = effect === null ? '' : `, ${symbol} = ${effect.toFixed(1).replace('-', '−')}`;
  const own = `p ${probabilityInWords(probability)}`;
  const signs = permuted === undefined ? '' : `, by signs ${adjustedInWords(permuted)}`;
  return `${name}, ${own}, adjusted ${adjustedInWords(adjusted)}${signs}${size}`;
}

/** `; 12 seeds would tell`: how many a difference that could not be told wants. */
export function seedsInWords({ sign, seedsToTell }: JudgedContrast): string {
  if (sign !== 0) return '';
  if (seedsToTell === null) return '; too small for any number of seeds to tell';
  return `; ${wholeNumber(seedsToTell)} seeds would tell`;
}

/** What was seen, why there is no verdict, and what would give one. */
export function unjudgedInWords(contrast: JudgedContrast, measure: Measure): string {
  const { unjudged, difference } = contrast;
  const why = verdictInWords(contrast, measure);
  if (unjudged === 'not finite') return why;
  const seen = `difference ${formatMeasure(measure, difference)}`;
  return `${seen}${unjudged === 'one seed' ? ',' : ':'} ${why}`;
}

/** `told apart`, `not told apart; 12 seeds would tell`, or why there is no verdict. */
export function verdictInWords(contrast: JudgedContrast, measure: Measure): string {
  const { unjudged, seeds, sign, tolerances } = contrast;
  if (unjudged === 'at chance') return 'no verdict, a net stays at chance; train it longer';
  if (unjudged === 'not finite') return 'no verdict: a value is not finite';
  if (unjudged === 'no spread')
    return `no verdict, ${plural(seeds, 'seed')} without any spread; train more seeds`;
  if (unjudged === 'one seed') return `n = 1: no verdict; ${remedyInWords(tolerances, measure)}`;
  return sign === 0 ? `not told apart${seedsInWords(contrast)}` : 'told apart';
}

/**
 * `3 seeds would decide if their differences deviate by 0.12 % at most, 5 by …`; nothing of so few that these would
 * have to agree in every digit shown.
 */
function remedyInWords(tolerances: JudgedContrast['tolerances'], measure: Measure): string {
  const [first, ...others] = tolerances
    .map(({ seeds, deviation }) => [seeds, formatMeasure(measure, deviation)] as const)
    .filter(([, deviation]) => deviation !== formatMeasure(measure, 0));
  if (!first) return 'train more seeds';
  const more = others.map(([seeds, deviation]) => `, ${seeds} by ${deviation}`).join('');
  return `${first[0]} seeds would decide if their differences deviate by ${first[1]} at most${more}`;
}

const probabilityInWords = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);

const adjustedInWords = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
