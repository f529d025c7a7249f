import { layoutTitle } from '../../nets/titles.ts';
import { columns, plural, wholeNumber } from '../../text/text.ts';
import type { JudgedContrast } from '../family.ts';
import { verdictInWords } from '../report/contrasts.ts';
import type { Curves, Outcome } from './summary.ts';

/** `3.36 ± 0.41`; the mean alone of a single seed, or of seeds that all agree. */
export function errorText({ mean, halfWidth }: Outcome['error']): string {
  return halfWidth === null ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${halfWidth.toFixed(2)}`;
}

/**
 * What shaking does to each layout, point by point, and where that turns.
 *
 * @param noun what the points count: `images`, `epochs`
 */
export function answers(
  { effects, crossings }: Curves,
  noun: string,
): { question: string; text: string }[] {
  const shaken = effects.filter(({ recipe }) => recipe === 'shaken');
  const layouts = [...new Set(shaken.map(({ layout }) => layout))];
  return layouts.map((layout) => {
    const own = shaken.filter((effect) => effect.layout === layout);
    const turn = crossings.find((one) => one.layout === layout && one.recipe === 'shaken');
    const crossed = turn ? ` ${crossingInWords(turn, noun)}` : '';
    const text = `${own.map((effect) => effectInWords(effect, noun)).join('; ')}.${crossed}`;
    return { question: `Shaking ${layoutTitle(layout)}:`, text };
  });
}

/** `at 256 images −1.20 ± 0.40 points, told apart`. */
const effectInWords = ({ at, contrast }: Curves['effects'][number], noun: string): string =>
  `at ${counted(at, noun)} ${changeInWords(contrast)}`;

/** `−1.20 ± 0.40 points, told apart`: a difference of errors with its own 95 % interval, and its verdict. */
export function changeInWords(contrast: JudgedContrast): string {
  const { difference, halfWidth } = contrast;
  const width = halfWidth === null ? '' : ` ± ${halfWidth.toFixed(2)}`;
  const change = difference === null ? 'n/a' : `${signed(difference)}${width}`;
  return `${change} points, ${verdictInWords(contrast, 'testError')}`;
}

/** `1 epoch`, `2 epochs`. */
const counted = (count: number, nouns: string): string => plural(count, nouns.replace(/s$/, ''));

/** `5, 10 epochs; 2 still to come`: the points that are trained to their end, of those planned. */
export function pointsInWords(
  planned: readonly number[],
  outcomes: readonly Outcome[],
  noun: string,
): string {
  const done = planned.filter((point) => outcomes.some(({ at }) => at === point));
  const left = planned.length - done.length;
  return `${done.map(wholeNumber).join(', ')} ${noun}${left > 0 ? `; ${left} still to come` : ''}`;
}

/** Where the line through the mean differences changes its sign, and how sure that is. */
export function crossingInWords(
  { at, low, high, without }: Curves['crossings'][number],
  noun: string,
): string {
  const share =
    without === null
      ? 'one seed: no interval'
      : `${Math.round(100 * without)} % of resamples without one`;
  if (at === null) return `The means do not cross (${share}).`;
  const [from, to] = [low, high].map((end) => end && wholeNumber(Math.round(end)));
  const interval = from === null ? '' : `95 %: ${from} to ${to}; `;
  return `The means cross at about ${counted(Math.round(at), noun)} (${interval}${share}).`;
}

/** A row a layout with a recipe, a column a point, for a terminal. */
export function curvesTable(outcomes: readonly Outcome[], by: string): string {
  const points = [...new Set(outcomes.map(({ at }) => at))];
  if (points.length === 0) return 'Nothing is trained to its end yet.';
  const rows = outcomes
    .filter(({ at }) => at === points[0])
    .map(({ layout, recipe }) => [
      ...[layoutTitle(layout), recipe],
      ...outcomes
        .filter((one) => one.layout === layout && one.recipe === recipe)
        .map(({ error }) => errorText(error)),
    ]);
  const right = points.map(() => 'right' as const);
  const headings = ['layout', 'recipe', ...points.map(wholeNumber)];
  return `test error in percent, by ${by}\n\n${columns([headings, ...rows], ['left', 'left', ...right])}`;
}

/** `+1.20` or `−1.20`. */
const signed = (value: number): string =>
  `${value < 0 ? '\u2212' : '+'}${Math.abs(value).toFixed(2)}`;
