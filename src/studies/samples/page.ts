import { layoutTitle } from '../../nets/titles.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { comparisonSections, errorsSection } from '../curves/sections.ts';
import { answers } from '../curves/words.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { identity, renderDocument } from '../report/page.ts';
import type { SamplesOutcome, SamplesSummary } from './summary.ts';

/** The report of a study of samples as one HTML page that loads nothing. */
export function renderSamplesReport(
  summary: SamplesSummary,
  figures: readonly ReportFigure[],
): string {
  return renderDocument(
    summary.title,
    html`${header(summary)}
<section id="sizes"><h2>Error by training images</h2>${figuresOf(figures, 'measures')}</section>
${errorsSection(summary.outcomes)}
${comparisonSections(summary, 'images')}
${chosen(summary)}
<section id="repeat"><h2>Repeat it</h2>
<p>Finished runs are kept, interrupted ones go on where they stopped.</p><pre>${summary.command}</pre></section>
${identity(summary)}`,
  );
}

function header(summary: SamplesSummary): Markup {
  const { title, about, finishedAt, data, sizes, outcomes, runs, seconds } = summary;
  const done = sizes.filter((size) => outcomes.some(({ at }) => at === size));
  const left = done.length < sizes.length ? `; ${sizes.length - done.length} still to come` : '';
  return html`<header>
<p class="kicker">shakelab · study samples · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1><p class="lead">${about}</p>
${answers(summary, 'images').map(({ question, text }) => html`<p><b>${question}</b> ${text}</p>`)}
<dl class="facts">
<dt>Data</dt><dd>${data.title}, tested on ${wholeNumber(runs[0].testCount)} images of
${data.shape.join('×')}</dd>
<dt>Sizes</dt><dd>${done.map(wholeNumber).join(', ')} training images${left}; a seed decides which, so that
recipes are paired by their images</dd>
<dt>Network</dt><dd>${runs[0].net}, batch ${runs[0].batch}</dd>
<dt>Time</dt><dd>${formatDuration(seconds)} of training, ${plural(runs.length, 'run')}</dd>
</dl></header>`;
}

function chosen({ outcomes }: SamplesSummary): Markup {
  return html`<section id="chosen"><h2>What the trials chose</h2>
<details class="wide"><summary>Learning rate, steps and epochs of every choice</summary>
<div class="scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col" class="number">Images</th>
<th scope="col">Layout</th><th scope="col">Recipe</th><th scope="col" class="number">Rate</th>
<th scope="col" class="number">Steps</th><th scope="col" class="number">Epochs</th>
<th scope="col">Validation errors of all settings (rate, steps: mean)</th></tr></thead>
<tbody>${outcomes.map(chosenRow)}</tbody></table></div></details></section>`;
}

function chosenRow({ at, layout, recipe, chosen, tried }: SamplesOutcome): Markup {
  const mean = (errors: readonly number[]) => errors.reduce((sum, e) => sum + e, 0) / errors.length;
  const all = tried.map(
    ({ rate, length, errors }) => `${rate}, ${length}: ${mean(errors).toFixed(2)}`,
  );
  return html`<tr><td class="number">${wholeNumber(at)}</td><td>${layoutTitle(layout)}</td>
<td>${recipe}</td><td class="number">${chosen.rate}</td><td class="number">${wholeNumber(chosen.length)}</td>
<td class="number">${wholeNumber(chosen.epochs)}</td><td>${all.join('; ')}</td></tr>`;
}
