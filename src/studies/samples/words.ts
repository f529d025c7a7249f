import { layoutTitle } from '../../nets/titles.ts';
import { wholeNumber } from '../../text/text.ts';
import { verdictInWords } from '../report/contrasts.ts';
import type { CellOutcome, SamplesSummary } from './summary.ts';

type Effect = SamplesSummary['effects'][number];

/** `3.36 ± 0.41`; the mean alone of a single seed. */
export function cellText({ mean, halfWidth }: CellOutcome['error']): string {
  return halfWidth === null ? mean.toFixed(2) : `${mean.toFixed(2)} ± ${halfWidth.toFixed(2)}`;
}

/** What shaking does to each layout, size by size, and where that turns. */
export function answers({
  effects,
  crossings,
}: SamplesSummary): { question: string; text: string }[] {
  const shaken = effects.filter(({ recipe }) => recipe === 'shaken');
  const layouts = [...new Set(shaken.map(({ layout }) => layout))];
  return layouts.map((layout) => {
    const own = shaken.filter((effect) => effect.layout === layout);
    const turn = crossings.find((one) => one.layout === layout && one.recipe === 'shaken')!;
    return {
      question: `Shaking ${layoutTitle(layout)}:`,
      text: `${own.map(effectInWords).join('; ')}. ${crossingInWords(turn)}`,
    };
  });
}

/** `at 256 images −1.20 points, told apart`. */
function effectInWords({ size, contrast }: Effect): string {
  const { difference } = contrast;
  const change = difference === null ? 'n/a' : signed(difference);
  return `at ${wholeNumber(size)} images ${change} points, ${verdictInWords(contrast, 'testError')}`;
}

/** Where the line through the mean differences changes its sign, and how sure that is. */
export function crossingInWords({
  at,
  low,
  high,
  without,
}: SamplesSummary['crossings'][number]): string {
  const share = `${Math.round(100 * without)} % of resamples without one`;
  if (at === null) return `The means do not cross (${share}).`;
  const [from, to] = [low, high].map((end) => wholeNumber(Math.round(end!)));
  return `The means cross at about ${wholeNumber(Math.round(at))} images (95 %: ${from} to ${to}; ${share}).`;
}

/** `+1.20` or `−1.20`. */
export const signed = (value: number): string =>
  `${value < 0 ? '\u2212' : '+'}${Math.abs(value).toFixed(2)}`;
