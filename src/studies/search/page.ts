import { plural, wholeNumber } from '../../text/text.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, identity, renderDocument } from '../report/page.ts';
import { answers } from './answers.ts';
import { partTitles } from './figures.ts';
import { type DistanceGroup, type Effect, lawsOf, type Outcome } from './findings.ts';
import { errorInterval } from './intervals.ts';
import type { FinishedRound } from './rounds.ts';
import type { SearchSummary } from './summary.ts';

const about =
  'Every placement of batch norms in a residual branch of two convolutions, with even mixing and ' +
  'with shaking: where does normalisation belong before a mix, and is it the same place without one?';

/** The report of a search as one HTML page that loads nothing. */
export function renderSearchReport(
  summary: SearchSummary,
  figures: readonly ReportFigure[],
): string {
  return renderDocument(
    summary.title,
    html`${header(summary)}
${distance(summary, figures)}
${effects(summary, figures)}
${best(summary, figures)}
${everyLayout(summary)}
${eachClass(figures)}
${augmentation(figures)}
${repeat(summary)}
${identity(summary)}`,
  );
}

function header(summary: SearchSummary): Markup {
  const { title, finishedAt, data, settings, planned, rounds, seconds } = summary;
  const { config, seeds } = settings;
  const schedule = planned.map(
    ({ layouts, epochs }) => `${2 * layouts} × ${plural(epochs, 'epoch')}`,
  );
  const unfinished = planned.length - rounds.length;
  return html`<header>
<p class="kicker">shakelab · search · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1>
<p class="lead">${about}</p>
${answers(summary).map((answer) => html`<p><b>${answer.question}</b> ${answer.text}</p>`)}
<dl class="facts">
<dt>Data</dt><dd>${data.title}: ${wholeNumber(data.train)} training and ${wholeNumber(data.test)}
test images of ${data.shape.join('×')}</dd>
<dt>Chosen by</dt><dd>${chosenBy(summary)}</dd>
<dt>Network</dt><dd>${config.net}, batch ${config.batch}, learning rate ${config.learningRate} falling
to 0 along a cosine</dd>
<dt>Rounds</dt><dd>${schedule.join(', then ')}; ${plural(seeds, 'seed')} each, new ones every
round${unfinished > 0 ? `; ${plural(unfinished, 'round')} still to come` : ''}</dd>
<dt>Time</dt><dd>${formatDuration(seconds)} of training</dd>
</dl></header>`;
}

/** The images by which layouts are ranked; searches of older releases had no validation. */
const judgeOf = ({ data }: SearchSummary): string =>
  data.validation === undefined ? 'test' : 'validation';

const judgedCount = ({ data }: SearchSummary): number => data.validation ?? data.test;

const chosenBy = (summary: SearchSummary): string =>
  summary.data.validation === undefined
    ? 'error on the test images, which are therefore no honest test of the best'
    : `error on ${wholeNumber(summary.data.validation)} validation images, which are not trained on`;

function distance(summary: SearchSummary, figures: readonly ReportFigure[]): Markup {
  return html`<section id="distance"><h2>How far may the last batch norm stand from the mix?</h2>
<p>The first round trains every layout alike (${plural(summary.rounds[0].epochs, 'epoch')}), so
nothing is selected here. A run whose loss stopped being finite counts as guessing.</p>
${figuresOf(figures, 'distance')}
<div class="wide scroll" tabindex="0"><table class="models"><thead><tr><th scope="col">Law</th>
<th scope="col">Last batch norm</th><th scope="col" class="number">Layouts</th>
<th scope="col" class="number">Mean error and 95 % interval</th>
<th scope="col" class="number">Diverged</th></tr></thead>
<tbody>${summary.distances.map(distanceRow)}</tbody></table></div></section>`;
}

const distanceWords = new Map<DistanceGroup['distance'], string>([
  [0, 'directly before the mix'],
  [1, 'one convolution before'],
  [2, 'two convolutions before'],
  [null, 'none'],
]);

function distanceRow({ mixing, distance, error, diverged }: DistanceGroup): Markup {
  return html`<tr><th scope="row">${mixing}</th><td>${distanceWords.get(distance)!}</td>
<td class="number">${error.count}</td>
<td class="number">${interval(error.mean, error.halfWidth)} %</td>
<td class="number">${diverged}</td></tr>`;
}

function effects({ effects }: SearchSummary, figures: readonly ReportFigure[]): Markup {
  return html`<section id="effects"><h2>What each place adds</h2>
<p>Two layouts that differ in one batch norm alone show what it does there; the mean over all such
pairs is its marginal effect on the error, in points. All of them are one family: Holm’s adjusted p
is at most 0.05 where there is an effect, and in the simultaneous intervals all lie at once. A pair of layouts that both stay at chance says
nothing; such pairs are counted.</p>
${figuresOf(figures, 'effects')}
<div class="wide scroll" tabindex="0"><table class="models"><thead><tr><th scope="col">Law</th>
<th scope="col">Part</th><th scope="col" class="number">Pairs</th>
<th scope="col" class="number">At chance</th>
<th scope="col" class="number">Change of the error and 95 % interval</th>
<th scope="col" class="number">Simultaneous</th><th scope="col" class="number">Adjusted p</th></tr></thead>
<tbody>${effects.map(effectRow)}</tbody></table></div></section>`;
}

const effectRow = ({ mixing, of, difference, atChance, simultaneous, adjusted }: Effect): Markup =>
  html`<tr><th scope="row">${mixing}</th><td>${partTitles[of]}</td>
<td class="number">${difference.count}</td>
<td class="number">${atChance ?? 'n/a'}</td>
<td class="number">${interval(difference.mean, difference.halfWidth)}</td>
<td class="number">${simultaneous == null ? 'n/a' : `± ${simultaneous.toFixed(2)}`}</td>
<td class="number">${adjusted == null ? 'untested' : adjusted.toFixed(3)}</td></tr>`;

function best(summary: SearchSummary, figures: readonly ReportFigure[]): Markup {
  const last = summary.rounds[summary.rounds.length - 1];
  return html`<section id="best"><h2>The best layouts</h2>
<p>Those that reached round ${last.number} (${plural(last.epochs, 'epoch')}). Its seeds are new, so
luck in an earlier round does not count here; its ${judgeOf(summary)} images are the same, so that the
errors of the best are still a little too low. Intervals are Student's over the seeds, or, of one seed,
those of a share of ${wholeNumber(judgedCount(summary))} ${judgeOf(summary)} images.</p>
${outcomeTable(last, judgedCount(summary))}
${figuresOf(figures, 'best')}</section>`;
}

function everyLayout(summary: SearchSummary): Markup {
  return html`<section id="rounds"><h2>Every layout in every round</h2>${summary.rounds.map(
    (round) => html`<details class="wide"><summary>Round ${round.number}:
${plural(round.outcomes.length, 'layout')}, ${plural(round.epochs, 'epoch')}</summary>
${outcomeTable(round, judgedCount(summary))}</details>`,
  )}</section>`;
}

function outcomeTable({ outcomes }: FinishedRound, testCount: number): Markup {
  const groups = lawsOf(outcomes).map((law) => outcomes.filter(({ mixing }) => mixing === law));
  return html`<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr>
<th scope="col">Law</th><th scope="col">Layout</th><th scope="col" class="number">Error and 95 %
interval</th><th scope="col" class="number">Diverged</th>
<th scope="col" class="number">At chance</th></tr></thead>
${groups.map(
  (group) =>
    html`<tbody>${group.map((outcome, index) => outcomeRow(outcome, index, group.length, testCount))}</tbody>`,
)}</table></div>`;
}

function outcomeRow(outcome: Outcome, index: number, rows: number, testCount: number): Markup {
  const { mean, halfWidth } = errorInterval(outcome.errors, testCount);
  const law = html`<th scope="rowgroup" rowspan="${rows}">${outcome.mixing}</th>`;
  return html`<tr>${index === 0 ? law : ''}<td>${outcome.layout}</td>
<td class="number">${interval(mean, halfWidth)} %</td>
<td class="number">${outcome.diverged}</td>
<td class="number">${outcome.atChance ?? 'n/a'}</td></tr>`;
}

function interval(mean: number, halfWidth: number | null): string {
  const text = mean.toFixed(2).replace('-', '\u2212');
  return halfWidth === null ? text : `${text} ± ${halfWidth.toFixed(2)}`;
}

function repeat({ command }: SearchSummary): Markup {
  return html`<section id="repeat"><h2>Repeat it</h2>
<p>Finished runs are kept, interrupted ones go on where they stopped. Any run is one that
<code>shakelab train</code> gives with its settings.</p>
<pre>${command}</pre></section>`;
}
