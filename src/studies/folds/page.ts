import { parseFold } from '../../data/fold.ts';
import type { Share } from '../../statistics/share.ts';
import { percent, plural, wholeNumber } from '../../text/text.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatMeasure } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, renderFindings } from '../report/page.ts';
import { numbers, table } from '../report/table.ts';
import type { FoldsClass, FoldsSummary } from './summary.ts';

/** The report of a study of folds as one HTML page that loads nothing. */
export function renderFoldsReport(summary: FoldsSummary, figures: readonly ReportFigure[]): string {
  return renderFindings(
    summary,
    { usage: 'study folds', answers: [errorInWords(summary)], facts: factsOf(summary) },
    html`<section id="measures"><h2>Every fold</h2>${figuresOf(figures, 'measures')}${foldTable(summary)}</section>
${pooled(summary)}
${eachClass(figures)}
${classTable(summary)}
${augmentation(figures)}`,
  );
}

function errorInWords({ folds, runs, planned = 0 }: FoldsSummary) {
  const left = planned > runs.length ? ` of ${planned}, the others are not trained yet` : '';
  return {
    question: `Error: ${interval(folds)},`,
    text: `mean of ${plural(runs.length, 'fold')}${left}.`,
  };
}

function factsOf({ folds, runs, data }: FoldsSummary) {
  const [{ testCount, model, net, epochs }] = runs;
  const groups = folds.groupField === undefined ? '' : `, groups kept whole (${folds.groupField})`;
  return {
    Data:
      `${data.title}: training images in ${plural(folds.of, 'fold')} of about ${wholeNumber(testCount)}, ` +
      `divided ${plural(folds.repeats, 'time')}; stratified by class${groups}`,
    Network: `${model}, ${net}, ${plural(epochs, 'epoch')}`,
    Interval:
      '95\u202f%, corrected resampled t (Nadeau and Bengio, 2003): the variance of the mean is ' +
      '(1/J + n₂/n₁) s² for J folds of n₂ images, trained on n₁',
  };
}

function interval({ mean, halfWidth }: FoldsSummary['folds']): string {
  return halfWidth === null
    ? `${percent(mean)}, without an interval (one fold, or folds without spread)`
    : `${mean.toFixed(2)} ± ${percent(halfWidth)}`;
}

function foldTable({ runs }: FoldsSummary): Markup {
  const columns = numbers('Repeat', 'Fold', 'Trained on', 'Tested on', 'Error', 'Train error');
  return table({ look: 'runs', columns }, runs.map(foldRow));
}

function foldRow(run: FoldsSummary['runs'][number]): string[] {
  const { repeat, index } = parseFold(run.fold!)!;
  return [
    ...[String(repeat), String(index), wholeNumber(run.trainCount), wholeNumber(run.testCount)],
    formatMeasure('testError', run.testError),
    formatMeasure('trainError', run.trainError),
  ];
}

function pooled({ pooled }: FoldsSummary): Markup {
  if (pooled.length === 0) return html``;
  return html`<section id="pooled"><h2>All folds together</h2>
<p>Every training image is predicted once a repeat, by a net that was not trained on it. Shares in
percent with their 95\u202f% intervals over the images, which do not count how nets differ.</p>
${table(
  {
    look: 'runs',
    columns: numbers('Repeat', 'Images', 'Right', 'Mean over classes'),
  },
  pooled.map(({ repeat, samples, accuracy, balanced }) => [
    ...[repeat, wholeNumber(samples), withInterval(accuracy)],
    balanced ? withInterval(balanced) : 'n/a',
  ]),
)}</section>`;
}

function classTable({ classes = [] }: FoldsSummary): Markup {
  if (classes.length === 0) return html``;
  return html`<section id="classes"><h2>The classes over all folds</h2>
<p>Of the first repeat, in which every training image is predicted once: shares in percent, the recall with its
95\u202f% interval over the images.</p>
${table(
  {
    look: 'runs',
    columns: ['Class', ...numbers('Images', 'Recall and interval', 'Precision', 'F1')],
    named: true,
  },
  classes.map(classRow),
)}</section>`;
}

function classRow({ name, images, recall, precision, f1 }: FoldsClass): string[] {
  const percent = (share: Share | null) => (share === null ? '–' : (100 * share.share).toFixed(2));
  return [
    ...[name, wholeNumber(images), recall ? withInterval(recall) : '–'],
    ...[percent(precision), percent(f1)],
  ];
}

/** `94.06 (90.9–96.2)`. */
function withInterval({ share, low, high }: Share): string {
  const range = [low, high].map((part) => (100 * part).toFixed(1)).join('–');
  return `${(100 * share).toFixed(2)} (${range})`;
}
