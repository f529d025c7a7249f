import { layoutTitle } from '../../nets/titles.ts';
import { meanOf } from '../../statistics/estimate.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { comparisonSections, errorsSection } from '../curves/sections.ts';
import { answers, pointsInWords } from '../curves/words.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { renderFindings } from '../report/page.ts';
import { numbers, table } from '../report/table.ts';
import type { SamplesOutcome, SamplesSummary } from './summary.ts';

/** The report of a study of samples as one HTML page that loads nothing. */
export function renderSamplesReport(
  summary: SamplesSummary,
  figures: readonly ReportFigure[],
): string {
  return renderFindings(
    summary,
    { usage: 'study samples', answers: answers(summary, 'images'), facts: factsOf(summary) },
    html`<section id="sizes"><h2>Error by training images</h2>${figuresOf(figures, 'measures')}</section>
${errorsSection(summary.outcomes)}
${comparisonSections(summary, 'images')}
${chosen(summary)}`,
  );
}

function factsOf({ data, sizes, outcomes, runs, seconds }: SamplesSummary) {
  const [{ testCount, net, batch }] = runs;
  return {
    Data: `${data.title}, tested on ${wholeNumber(testCount)} images of ${data.shape.join('×')}`,
    Sizes:
      `${pointsInWords(sizes, outcomes, 'training images')}; a seed decides which, ` +
      'so that recipes are paired by their images',
    Network: `${net}, batch ${batch}`,
    Time: `${formatDuration(seconds)} of training, ${plural(runs.length, 'run')}`,
  };
}

function chosen({ outcomes }: SamplesSummary): Markup {
  return html`<section id="chosen"><h2>What the trials chose</h2>
<details class="wide"><summary>Learning rate, steps and epochs of every choice</summary>
${table(
  {
    look: 'runs',
    columns: [
      ...[...numbers('Images'), 'Layout', 'Recipe', ...numbers('Rate', 'Steps', 'Epochs')],
      'Validation errors of all settings (rate, steps: mean)',
    ],
  },
  outcomes.map(chosenRow),
)}</details></section>`;
}

function chosenRow({ at, layout, recipe, chosen, tried }: SamplesOutcome): string[] {
  const all = tried.map(
    ({ rate, length, errors }) => `${rate}, ${length}: ${meanOf(errors).toFixed(2)}`,
  );
  return [
    ...[wholeNumber(at), layoutTitle(layout), recipe, String(chosen.rate)],
    ...[wholeNumber(chosen.length), wholeNumber(chosen.epochs), all.join('; ')],
  ];
}
