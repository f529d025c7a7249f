import { layoutTitle } from '../../nets/titles.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { comparisonSections, errorsSection } from '../curves/sections.ts';
import { answers, pointsInWords } from '../curves/words.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { imagesInWords } from '../report/header.ts';
import { html, type Markup } from '../report/html.ts';
import { renderFindings } from '../report/page.ts';
import { table } from '../report/table.ts';
import { fewestFitted } from './extrapolation.ts';
import type { BudgetSummary, Extrapolation } from './summary.ts';

/** The report of a study of budgets as one HTML page that loads nothing. */
export function renderBudgetReport(
  summary: BudgetSummary,
  figures: readonly ReportFigure[],
): string {
  return renderFindings(
    summary,
    { usage: 'study budget', answers: answers(summary, 'epochs'), facts: factsOf(summary) },
    html`<section id="budgets"><h2>Error by epochs</h2>${figuresOf(figures, 'measures')}</section>
${errorsSection(summary.outcomes)}
${comparisonSections(summary, 'epochs')}
${beyond(summary)}`,
  );
}

function factsOf({ data, budgets, outcomes, runs, seconds }: BudgetSummary) {
  const [{ net, batch, learningRate }] = runs;
  return {
    Data: `${data.title}: ${imagesInWords(runs[0])} of ${data.shape.join('×')}`,
    Budgets: `${pointsInWords(budgets, outcomes, 'epochs')}; each run’s learning rate falls to 0 within its own`,
    Network: `${net}, batch ${batch}, learning rate ${learningRate}`,
    Time: `${formatDuration(seconds)} of training, ${plural(runs.length, 'run')}`,
  };
}

function beyond({ extrapolations, unfitted }: BudgetSummary): Markup {
  if (extrapolations.length + unfitted.length === 0) return html``;
  return html`<section id="extrapolations"><h2>Beyond the longest budget</h2>
${extrapolations.length > 0 ? laws(extrapolations) : ''}
${unfitted.length > 0 ? notFitted(unfitted) : ''}</section>`;
}

function laws(extrapolations: readonly Extrapolation[]): Markup {
  return html`<p>A power law with a floor, error = floor + scale · epochs<sup>−power</sup>, through the mean errors by least
squares of relative distances. Intervals are the middle 95\u202f% over 1,000 resamples of the seeds; of a few seeds
they are too narrow, of one there is none, and they do not count that the law may be another. How far it can be trusted shows the check: fitted to all budgets
but the longest, and asked of that.</p>
${table(
  { look: 'runs', columns: ['Layout', 'Recipe', 'Law', 'Predicted', 'Check'] },
  extrapolations.map(extrapolationRow),
)}`;
}

/** Which budgets say nothing of a law, and how many are left. */
function notFitted(unfitted: BudgetSummary['unfitted']): Markup {
  const models = unfitted.map(
    ({ layout, recipe, budgets, left }) =>
      `${layoutTitle(layout)}, ${recipe}: ${budgets.map(wholeNumber).join(', ')} (${left} left)`,
  );
  return html`<p id="unfitted">Budgets, in epochs, at which a net errs as one that guesses are shown but not fitted:
${models.join('; ')}. A law of three parameters is fitted to ${fewestFitted} or more.</p>`;
}

function extrapolationRow({ layout, recipe, law, predictions, check }: Extrapolation) {
  const { floor, scale, power } = law;
  const predicted = predictions.map(
    ({ epochs, error, low, high }) =>
      `${wholeNumber(epochs)} epochs: ${error.toFixed(2)} %${rangeInWords(low, high)}`,
  );
  return [
    ...[layoutTitle(layout), recipe],
    html`${floor.toFixed(2)} + ${scale.toFixed(2)} · epochs<sup>−${power.toFixed(2)}</sup>`,
    predicted.join('; '),
    `${wholeNumber(check.epochs)} epochs: ${check.predicted.toFixed(2)} predicted, ${check.seen.toFixed(2)} seen`,
  ];
}

/** ` (2.90 to 3.40)`; nothing of one seed. */
const rangeInWords = (low: number | null, high: number | null): string =>
  low === null || high === null ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`;
