import { parseFold } from '../../data/fold.ts';
import type { Share } from '../../statistics/share.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatMeasure } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, identity, renderDocument } from '../report/page.ts';
import type { FoldsClass, FoldsSummary } from './summary.ts';

/** The report of a study of folds as one HTML page that loads nothing. */
export function renderFoldsReport(summary: FoldsSummary, figures: readonly ReportFigure[]): string {
  return renderDocument(
    summary.title,
    html`${header(summary)}
<section id="measures"><h2>Every fold</h2>${figuresOf(figures, 'measures')}${foldTable(summary)}</section>
${pooled(summary)}
${eachClass(figures)}
${classTable(summary)}
${augmentation(figures)}
<section id="repeat"><h2>Repeat it</h2><pre>${summary.command}</pre></section>
${identity(summary)}`,
  );
}

function header({
  title,
  about,
  finishedAt,
  folds,
  runs,
  planned = 0,
  data,
}: FoldsSummary): Markup {
  const [run] = runs;
  const images = wholeNumber(run.trainCount + run.testCount);
  return html`<header>
<p class="kicker">shakelab · study folds · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1><p class="lead">${about}</p>
<p><b>Error: ${interval(folds)}</b>, mean of ${plural(runs.length, 'fold')}${
    planned > runs.length ? ` of ${planned}, the others are not trained yet` : ''
  }.</p>
<dl class="facts">
<dt>Data</dt><dd>${data.title}: ${images} training images in ${plural(folds.of, 'fold')}, divided
${plural(folds.repeats, 'time')}; stratified by class${
    folds.groupField === undefined ? '' : `, groups kept whole (${folds.groupField})`
  }</dd>
<dt>Network</dt><dd>${run.model}, ${run.net}, ${plural(run.epochs, 'epoch')}</dd>
<dt>Interval</dt><dd>95\u202f%, corrected resampled t (Nadeau and Bengio, 2003): the variance of the mean
is (1/J + n₂/n₁) s² for J folds of n₂ images, trained on n₁</dd>
</dl></header>`;
}

function interval({ mean, halfWidth }: FoldsSummary['folds']): string {
  const width = halfWidth === null ? ' (n = 1, no interval)' : ` ± ${halfWidth.toFixed(2)}`;
  return `${mean.toFixed(2)}${width} %`;
}

function foldTable({ runs }: FoldsSummary): Markup {
  return html`<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr>
<th scope="col" class="number">Repeat</th><th scope="col" class="number">Fold</th>
<th scope="col" class="number">Trained on</th><th scope="col" class="number">Tested on</th>
<th scope="col" class="number">Error</th><th scope="col" class="number">Train error</th></tr></thead>
<tbody>${runs.map(foldRow)}</tbody></table></div>`;
}

function foldRow(run: FoldsSummary['runs'][number]): Markup {
  const { repeat, index } = parseFold(run.fold!)!;
  const cells = [
    ...[String(repeat), String(index), wholeNumber(run.trainCount), wholeNumber(run.testCount)],
    formatMeasure('testError', run.testError),
    formatMeasure('trainError', run.trainError),
  ];
  return html`<tr>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`;
}

function pooled({ pooled }: FoldsSummary): Markup {
  if (pooled.length === 0) return html``;
  const percent = ({ share, low, high }: Share) =>
    `${[share, low, high].map((part) => (100 * part).toFixed(2)).join(', ')}`;
  return html`<section id="pooled"><h2>All folds together</h2>
<p>Every training image is predicted once a repeat, by a net that was not trained on it. Shares in
percent with their 95\u202f% intervals over the images, which do not count how nets differ.</p>
<table class="runs"><thead><tr><th scope="col" class="number">Repeat</th>
<th scope="col" class="number">Images</th><th scope="col" class="number">Right: share, low, high</th>
<th scope="col" class="number">Mean over classes</th></tr></thead>
<tbody>${pooled.map(
    (one) => html`<tr><td class="number">${one.repeat}</td>
<td class="number">${wholeNumber(one.samples)}</td><td class="number">${percent(one.accuracy)}</td>
<td class="number">${one.balanced ? percent(one.balanced) : 'n/a'}</td></tr>`,
  )}</tbody></table></section>`;
}

function classTable({ classes = [] }: FoldsSummary): Markup {
  if (classes.length === 0) return html``;
  return html`<section id="classes"><h2>The classes over all folds</h2>
<p>Of the first repeat, in which every training image is predicted once: shares in percent, the recall with its
95\u202f% interval over the images.</p>
<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col">Class</th>
<th scope="col" class="number">Images</th><th scope="col" class="number">Recall and interval</th>
<th scope="col" class="number">Precision</th><th scope="col" class="number">F1</th></tr></thead>
<tbody>${classes.map(classRow)}</tbody></table></div></section>`;
}

function classRow({ name, images, recall, precision, f1 }: FoldsClass): Markup {
  const percent = (share: Share | null) => (share === null ? '–' : (100 * share.share).toFixed(2));
  const range =
    recall && ` (${[recall.low, recall.high].map((x) => (100 * x).toFixed(1)).join('–')})`;
  return html`<tr><th scope="row">${name}</th><td class="number">${wholeNumber(images)}</td>
<td class="number">${percent(recall)}${range ?? ''}</td>
<td class="number">${percent(precision)}</td><td class="number">${percent(f1)}</td></tr>`;
}
