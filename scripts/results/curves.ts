import { layoutTitle } from '../../src/nets/titles.ts';
import type { Curves, Outcome } from '../../src/studies/curves/summary.ts';
import { answers, errorText } from '../../src/studies/curves/words.ts';
import type { Summary } from '../../src/studies/summary.ts';
import { markdownTable } from '../../src/text/markdown.ts';
import { wholeNumber } from '../../src/text/text.ts';

import type { FoundStudy } from './found.ts';

type CurveSummary = Summary & Curves & { outcomes: Outcome[] };

/**
 * What the studies along an axis say, one after the other: what shaking does, and every error.
 *
 * @param noun what their points count: `images`, `epochs`
 */
export function curvesBlock(studies: readonly FoundStudy[], noun: string): string {
  const found = studies.map(({ name, summary }) => ({
    name,
    summary: summary as CurveSummary | null,
  }));
  const whole = found.filter(({ summary }) => summary && summary.outcomes.length > 0);
  if (whole.length === 0) return 'No point of it is trained yet.';
  return whole.map(({ name, summary }) => studyText(name, summary!, noun)).join('\n\n');
}

function studyText(name: string, summary: CurveSummary, noun: string): string {
  const said = answers(summary, noun).map(({ question, text }) => `**${question}** ${text}`);
  const heading = [noun, 'layout', 'recipe', 'test error, %', 'seeds'];
  const rows = summary.outcomes.map(({ at, layout, recipe, error }) => [
    wholeNumber(at),
    layoutTitle(layout),
    recipe,
    errorText(error),
    String(error.count),
  ]);
  return [
    `\`${name}\`, ${summary.data.title}, ${summary.runs[0].net}.`,
    ...said,
    markdownTable(heading, rows),
  ].join('\n\n');
}
