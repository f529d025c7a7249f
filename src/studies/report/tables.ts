import { plural, wholeNumber } from '../../text/text.ts';
import { type Measure, measures } from '../measures/measures.ts';
import { groupByModel, type ModelRuns, statisticOf } from '../models.ts';
import type { Summary, SummaryRun } from '../summary.ts';
import { formatDuration, formatMeasure, formatStatistic } from './format.ts';
import { html, type Markup } from './html.ts';

/** Measures of every model, mean ± deviation over seeds. */
export function modelTable({ runs }: Summary, shown: readonly Measure[]): Markup {
  const models = groupByModel(runs);
  const seeds = Math.max(...models.map((model) => model.runs.length));
  const caption =
    seeds > 1 ? `Mean ± sample deviation over ${plural(seeds, 'seed')}.` : 'One seed each.';
  return html`<p>${caption} Definitions follow below the table.</p>
<div class="wide scroll" tabindex="0"><table class="models">
<thead><tr><th scope="col">Measure</th>${models.map(
    ({ title }) => html`<th scope="col" class="number">${title}</th>`,
  )}</tr></thead>
<tbody>${shown.map((measure) => measureRow(measure, models))}</tbody>
</table></div>`;
}

/** What each measure is. */
export function meanings(shown: readonly Measure[]): Markup {
  return html`<dl class="wide meanings">${shown.map(
    (measure) => html`<div><dt>${measures[measure].title}</dt><dd>${meaningOf(measure)}</dd></div>`,
  )}</dl>`;
}

/** One row a run, model by model: the numbers behind the means. */
export function runTable({ runs }: Summary, shown: readonly Measure[]): Markup {
  return html`<div class="wide scroll" tabindex="0"><table class="runs">
<thead><tr><th scope="col">Model</th><th scope="col" class="number">Seed</th>
${shown.map((measure) => html`<th scope="col" class="number">${measures[measure].short}</th>`)}
<th scope="col" class="number">Train loss</th><th scope="col" class="number">Images/s</th>
<th scope="col" class="number">Time</th></tr></thead>
${groupByModel(runs).map(
  (model) =>
    html`<tbody>${model.runs.map((run, index) => runRow(run, index, model, shown))}</tbody>`,
)}
</table></div>`;
}

function meaningOf(measure: Measure): string {
  const { meaning, resolution, unit } = measures[measure];
  return resolution === 0 ? meaning : `${meaning} Resolution: ${resolution}${unit}.`;
}

function measureRow(measure: Measure, models: readonly ModelRuns[]): Markup {
  return html`<tr><th scope="row">${measures[measure].title}</th>${models.map(
    (model) =>
      html`<td class="number">${formatStatistic(measure, statisticOf(model, measure))}</td>`,
  )}</tr>`;
}

function runRow(
  run: SummaryRun,
  index: number,
  { title, runs }: ModelRuns,
  shown: readonly Measure[],
): Markup {
  const heading = html`<th scope="rowgroup" rowspan="${runs.length}">${title}</th>`;
  const numbers = shown.map((measure) => formatMeasure(measure, measures[measure].read(run)));
  const cells = [
    String(run.seed),
    ...numbers,
    run.trainLoss.toFixed(4),
    wholeNumber(run.imagesPerSecond),
    formatDuration(run.seconds),
  ];
  return html`<tr>${index === 0 ? heading : ''}
${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`;
}
