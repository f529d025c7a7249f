import { wholeNumber } from '../../text/text.ts';
import { type Measure, measures } from '../measures/measures.ts';
import { groupByModel, statisticOf } from '../models.ts';
import type { Summary, SummaryRun } from '../summary.ts';
import { formatDuration, formatMeasure, formatStatistic, overSeeds } from './format.ts';
import { html, type Markup } from './html.ts';
import { groupedTable, numbers, table } from './table.ts';

/** Measures of every model, mean ± deviation over seeds. */
export function modelTable({ runs }: Summary, shown: readonly Measure[]): Markup {
  const models = groupByModel(runs);
  const columns = ['Measure', ...numbers(...models.map(({ title }) => title))];
  return html`<p>${overSeeds(models)} Definitions follow below the table.</p>
${table(
  { look: 'models', columns, named: true },
  shown.map((measure) => [
    measures[measure].title,
    ...models.map((model) => formatStatistic(measure, statisticOf(model, measure))),
  ]),
)}`;
}

/** What each measure is. */
export function meanings(shown: readonly Measure[]): Markup {
  return html`<dl class="wide meanings">${shown.map(
    (measure) => html`<div><dt>${measures[measure].title}</dt><dd>${meaningOf(measure)}</dd></div>`,
  )}</dl>`;
}

/** One row a run, model by model: the numbers behind the means. */
export function runTable({ runs }: Summary, shown: readonly Measure[]): Markup {
  const read = shown.map((measure) => measures[measure].short);
  const columns = numbers('Seed', ...read, 'Train loss', 'Images/s', 'Time');
  return groupedTable(
    { look: 'runs', columns: ['Model', ...columns] },
    groupByModel(runs).map(({ title, runs }) => ({
      name: title,
      rows: runs.map((run) => runRow(run, shown)),
    })),
  );
}

function meaningOf(measure: Measure): string {
  const { meaning, resolution, unit } = measures[measure];
  return resolution === 0 ? meaning : `${meaning} Resolution: ${resolution}${unit}.`;
}

const runRow = (run: SummaryRun, shown: readonly Measure[]): string[] => [
  String(run.seed),
  ...shown.map((measure) => formatMeasure(measure, measures[measure].read(run))),
  run.trainLoss.toFixed(4),
  wholeNumber(run.imagesPerSecond),
  formatDuration(run.seconds),
];
