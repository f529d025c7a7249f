import { layoutTitle } from '../../nets/titles.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { comparisonSections, errorsSection } from '../curves/sections.ts';
import { answers } from '../curves/words.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { identity, renderDocument } from '../report/page.ts';
import type { BudgetSummary, Extrapolation } from './summary.ts';

/** The report of a study of budgets as one HTML page that loads nothing. */
export function renderBudgetReport(
  summary: BudgetSummary,
  figures: readonly ReportFigure[],
): string {
  return renderDocument(
    summary.title,
    html`${header(summary)}
<section id="budgets"><h2>Error by epochs</h2>${figuresOf(figures, 'measures')}</section>
${errorsSection(summary.outcomes)}
${comparisonSections(summary, 'epochs')}
${extrapolations(summary)}
<section id="repeat"><h2>Repeat it</h2>
<p>Finished runs are kept, interrupted ones go on where they stopped.</p><pre>${summary.command}</pre></section>
${identity(summary)}`,
  );
}

function header(summary: BudgetSummary): Markup {
  const { title, about, finishedAt, data, budgets, outcomes, runs, seconds } = summary;
  const done = budgets.filter((epochs) => outcomes.some(({ at }) => at === epochs));
  const left =
    done.length < budgets.length ? `; ${budgets.length - done.length} still to come` : '';
  return html`<header>
<p class="kicker">shakelab · study budget · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1><p class="lead">${about}</p>
${answers(summary, 'epochs').map(({ question, text }) => html`<p><b>${question}</b> ${text}</p>`)}
<dl class="facts">
<dt>Data</dt><dd>${data.title}: ${wholeNumber(runs[0].trainCount)} training and
${wholeNumber(runs[0].testCount)} test images of ${data.shape.join('×')}</dd>
<dt>Budgets</dt><dd>${done.map(wholeNumber).join(', ')} epochs${left}; each run’s learning rate falls to 0
within its own</dd>
<dt>Network</dt><dd>${runs[0].net}, batch ${runs[0].batch}, learning rate ${runs[0].learningRate}</dd>
<dt>Time</dt><dd>${formatDuration(seconds)} of training, ${plural(runs.length, 'run')}</dd>
</dl></header>`;
}

function extrapolations({ extrapolations }: BudgetSummary): Markup {
  if (extrapolations.length === 0) return html``;
  return html`<section id="extrapolations"><h2>Beyond the longest budget</h2>
<p>A power law with a floor, error = floor + scale · epochs<sup>−power</sup>, through the mean errors by least
squares of relative distances. Intervals are the middle 95\u202f% over 1,000 resamples of the seeds; they do
not count that the law may be another. How far it can be trusted shows the check: fitted to all budgets
but the longest, and asked of that.</p>
<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col">Layout</th>
<th scope="col">Recipe</th><th scope="col">Law</th><th scope="col">Predicted</th><th scope="col">Check</th></tr></thead>
<tbody>${extrapolations.map(extrapolationRow)}</tbody></table></div></section>`;
}

function extrapolationRow({ layout, recipe, law, predictions, check }: Extrapolation): Markup {
  const { floor, scale, power } = law;
  const predicted = predictions.map(
    ({ epochs, error, low, high }) =>
      `${wholeNumber(epochs)} epochs: ${error.toFixed(2)} % (${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
  return html`<tr><td>${layoutTitle(layout)}</td><td>${recipe}</td>
<td>${floor.toFixed(2)} + ${scale.toFixed(2)} · epochs<sup>−${power.toFixed(2)}</sup></td>
<td>${predicted.join('; ')}</td>
<td>${wholeNumber(check.epochs)} epochs: ${check.predicted.toFixed(2)} predicted, ${check.seen.toFixed(2)} seen</td></tr>`;
}
