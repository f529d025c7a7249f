import { plural, wholeNumber } from '../../text/text.ts';
import { intervalInWords, testInWords } from '../report/contrasts.ts';
import { html, type Markup } from '../report/html.ts';
import { headings, numbers, table } from '../report/table.ts';
import { type PublishedRow, publishedRows, table1 } from './published.ts';
import type { Cifar10Summary, TableRow } from './summary.ts';

const paperRecipe = {
  ...{ net: 'resnext-26-2x64d', trainCount: 50_000, epochs: 1800 },
  ...{ batch: 128, learningRate: 0.2 },
} as const;

/** Whether our numbers may be held against the paper's, in a sentence. */
export function comparability({ runs: [run], standInFor }: Cifar10Summary): string {
  const keys = ['net', 'trainCount', 'epochs', 'batch', 'learningRate'] as const;
  if (standInFor === null && keys.every((key) => run[key] === paperRecipe[key])) {
    return 'Trained by the paper’s recipe, so the numbers may be compared.';
  }
  const images = `${wholeNumber(run.trainCount)} images`;
  return (
    'The paper trained 26 2×64d for 1,800 epochs on 50,000 images, in batches of 128 at a rate of 0.2; this study ' +
    `trained ${shortNet(run.net)} for ${plural(run.epochs, 'epoch')} on ${images}, in batches of ${run.batch} at a rate of ${run.learningRate}. Compare the order of the ` +
    'rows, not the numbers.'
  );
}

/** Table 1 as printed, ours beside each row, and below it rows of ours that it has not. */
export function printedTable({ rows, runs }: Cifar10Summary): Markup {
  const printed = new Set(table1.map(({ model }) => model));
  const others = rows.filter(({ published }) => !published || !printed.has(published.model));
  return html`<div class="wide scroll" tabindex="0"><table class="models printed">
<thead><tr><th scope="colgroup" colspan="4">As printed</th>
<th scope="colgroup" colspan="4">This study: ${shortNet(runs[0].net)}</th></tr>
<tr>${headings(['Model', ...numbers('Depth', 'Params', 'Error (%)')])}
${headings(['Row', ...numbers('Params', 'Error (%)', 'Every seed')])}</tr></thead>
<tbody>${table1.map((row) => tableRow(row, ourRow(row, rows)))}</tbody>
${others.length > 0 ? html`<tbody>${others.map((row) => tableRow(elsewhere(row), row))}</tbody>` : ''}
</table></div>
<p class="small">* average over three runs. † with shaking. Numbers in brackets are the paper’s
references: [6] Zagoruyko and Komodakis, [9] Gastaldi, [23] Xie et al. This study: mean ± sample
deviation over the seeds.</p>`;
}

/** Our row that trains the block of a printed one. */
function ourRow({ model }: PublishedRow, rows: readonly TableRow[]): TableRow | undefined {
  return rows.find(({ published }) => published?.model === model);
}

/** What stands on the printed side of a row that Table 1 has not. */
function elsewhere({ key, published }: TableRow): PublishedRow | undefined {
  return published
    ? publishedRows.find((row) => row.key === key && row.model === published.model)
    : undefined;
}

function tableRow(printed: PublishedRow | undefined, ours: TableRow | undefined): Markup {
  return html`<tr>${printed ? printedCells(printed) : noCells('not in Table 1')}
${ours ? ourCells(ours) : noCells('not trained')}</tr>`;
}

function printedCells({ model, depth, parameters, error, runs, reference }: PublishedRow): Markup {
  const mean = `${runs ? '*' : ''}${error.toFixed(2)}`;
  return html`<th scope="row">${model} ${reference}</th>${numberCells([String(depth), parameters, mean])}`;
}

function ourCells({ title, parameters, errors, mean, deviation }: TableRow): Markup {
  const spread = deviation === null ? '' : ` ± ${deviation.toFixed(2)}`;
  const numbers = [wholeNumber(parameters), `${mean.toFixed(2)}${spread}`];
  return html`<td>${title}</td>${numberCells([...numbers, errors.map((e) => e.toFixed(2)).join(' ')])}`;
}

const noCells = (why: string): Markup => html`<td colspan="4" class="faint">${why}</td>`;

const numberCells = (texts: readonly string[]): Markup =>
  html`${texts.map((text) => html`<td class="number">${text}</td>`)}`;

/** Every two rows: difference, interval, test, and what may be said. */
export function differenceTable({ differences }: Cifar10Summary): Markup {
  return table(
    {
      look: 'models contrasts',
      columns: ['Rows', ...numbers('Difference'), 'Test', 'In words'],
      named: true,
    },
    differences.map((row) => [
      `${row.left} − ${row.right}`,
      intervalInWords(row, 'testError'),
      testInWords(row),
      row.statement,
    ]),
  );
}

/** `26 2×16d` for `resnext-26-2x16d`. */
function shortNet(net: string): string {
  return net.replace(/^resnext-(\d+)-(\d+)x(\d+)d$/, '$1 $2×$3d');
}
