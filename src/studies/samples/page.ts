import { layoutTitle } from '../../nets/titles.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { howJudged, intervalInWords, testInWords, verdictInWords } from '../report/contrasts.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { identity, renderDocument } from '../report/page.ts';
import type { CellOutcome, SamplesSummary } from './summary.ts';
import { answers, cellText, crossingInWords } from './words.ts';

/** The report of a study of samples as one HTML page that loads nothing. */
export function renderSamplesReport(
  summary: SamplesSummary,
  figures: readonly ReportFigure[],
): string {
  return renderDocument(
    summary.title,
    html`${header(summary)}
<section id="sizes"><h2>Error by training images</h2>${figuresOf(figures, 'measures')}</section>
${errors(summary)}
${differences('effects', 'What every way does', summary.effects)}
${differences('rivals', 'Shaking held against the other ways', summary.rivals)}
${crossings(summary)}
${chosen(summary)}
<section id="repeat"><h2>Repeat it</h2>
<p>Finished runs are kept, interrupted ones go on where they stopped.</p><pre>${summary.command}</pre></section>
${identity(summary)}`,
  );
}

function header(summary: SamplesSummary): Markup {
  const { title, about, finishedAt, data, sizes, cells, runs, seconds } = summary;
  const done = sizes.filter((size) => cells.some((cell) => cell.size === size));
  const left = done.length < sizes.length ? `; ${sizes.length - done.length} still to come` : '';
  return html`<header>
<p class="kicker">shakelab · study samples · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1><p class="lead">${about}</p>
${answers(summary).map(({ question, text }) => html`<p><b>${question}</b> ${text}</p>`)}
<dl class="facts">
<dt>Data</dt><dd>${data.title}, tested on ${wholeNumber(runs[0].testCount)} images of
${data.shape.join('×')}</dd>
<dt>Sizes</dt><dd>${done.map(wholeNumber).join(', ')} training images${left}</dd>
<dt>Network</dt><dd>${runs[0].net}, batch ${runs[0].batch}</dd>
<dt>Time</dt><dd>${formatDuration(seconds)} of training, ${plural(runs.length, 'run')}</dd>
</dl></header>`;
}

function errors({ cells, sizes }: SamplesSummary): Markup {
  const done = sizes.filter((size) => cells.some((cell) => cell.size === size));
  const rows = cells.filter(({ size }) => size === done[0]);
  const at = (row: CellOutcome, size: number) =>
    cells.find((c) => c.size === size && c.layout === row.layout && c.recipe === row.recipe)!;
  return html`<section id="errors"><h2>Test errors</h2>
<p>Mean over the seeds in percent, with its 95\u202f% interval (Student’s).</p>
<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col">Layout</th>
<th scope="col">Recipe</th>${done.map((size) => html`<th scope="col" class="number">${wholeNumber(size)}</th>`)}
</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td>${layoutTitle(row.layout)}</td><td>${row.recipe}</td>${done.map(
        (size) => html`<td class="number">${cellText(at(row, size).error)}</td>`,
      )}</tr>`,
  )}</tbody></table></div></section>`;
}

/** Differences of one family; nothing where there are none. */
function differences(id: string, heading: string, effects: SamplesSummary['effects']): Markup {
  if (effects.length === 0) return html``;
  return html`<section id="${id}"><h2>${heading}</h2>
<p>Differences of test errors, paired by seed, which decides the images too. ${howJudged}</p>
<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col">Layout</th>
<th scope="col">Recipe</th><th scope="col">Against</th><th scope="col" class="number">Images</th>
<th scope="col" class="number">Difference</th><th scope="col">Test</th><th scope="col">Verdict</th></tr></thead>
<tbody>${effects.map(
    ({ layout, recipe, against, size, contrast }) => html`<tr><td>${layoutTitle(layout)}</td>
<td>${recipe}</td><td>${against}</td><td class="number">${wholeNumber(size)}</td>
<td class="number">${intervalInWords(contrast, 'testError')}</td><td>${testInWords(contrast)}</td>
<td>${verdictInWords(contrast, 'testError')}</td></tr>`,
  )}</tbody></table></div></section>`;
}

function crossings({ crossings }: SamplesSummary): Markup {
  return html`<section id="crossings"><h2>Where the curves cross</h2>
<p>Along straight lines over the logarithm of the number of images; intervals by a bootstrap of the
seeds, which of a few is too sure of itself.</p>
<table class="runs"><tbody>${crossings.map(
    (one) => html`<tr><th scope="row">${layoutTitle(one.layout)}, ${one.recipe}</th>
<td>${crossingInWords(one)}</td></tr>`,
  )}</tbody></table></section>`;
}

function chosen({ cells }: SamplesSummary): Markup {
  return html`<section id="chosen"><h2>What the trials chose</h2>
<details class="wide"><summary>Learning rate, steps and epochs of every choice</summary>
<div class="scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col" class="number">Images</th>
<th scope="col">Layout</th><th scope="col">Recipe</th><th scope="col" class="number">Rate</th>
<th scope="col" class="number">Steps</th><th scope="col" class="number">Epochs</th>
<th scope="col">Validation errors of all settings (rate, steps: mean)</th></tr></thead>
<tbody>${cells.map(chosenRow)}</tbody></table></div></details></section>`;
}

function chosenRow({ size, layout, recipe, chosen, tried }: CellOutcome): Markup {
  const mean = (errors: readonly number[]) => errors.reduce((sum, e) => sum + e, 0) / errors.length;
  const all = tried.map(
    ({ rate, length, errors }) => `${rate}, ${length}: ${mean(errors).toFixed(2)}`,
  );
  return html`<tr><td class="number">${wholeNumber(size)}</td><td>${layoutTitle(layout)}</td>
<td>${recipe}</td><td class="number">${chosen.rate}</td><td class="number">${wholeNumber(chosen.length)}</td>
<td class="number">${wholeNumber(chosen.epochs)}</td><td>${all.join('; ')}</td></tr>`;
}
