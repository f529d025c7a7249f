import { html, type Insertable, type Markup } from './html.ts';

/** What stands in a table's cell. */
type Cell = Insertable;

/** The heading of a column of text, or of one of numbers, which lean to the right. */
export type Column = string | { number: string };

/** Columns of numbers. */
export const numbers = (...titles: string[]): Column[] => titles.map((number) => ({ number }));

/** A table as its readers see it. */
export interface Table {
  look: 'models' | 'runs' | 'models contrasts';
  columns: readonly Column[];
  /** Whether the first cell of a row names it. */
  named?: boolean;
}

/** A table, which scrolls by itself where the page is too narrow. */
export function table(shape: Table, rows: readonly (readonly Cell[])[]): Markup {
  const { columns, named = false } = shape;
  return framed(
    shape,
    html`<tbody>${rows.map((row) => {
      const [name, ...others] = row;
      if (!named) return html`<tr>${cells(columns, row)}</tr>`;
      return html`<tr><th scope="row">${name}</th>${cells(columns.slice(1), others)}</tr>`;
    })}</tbody>`,
  );
}

/** A table whose first column names groups of rows, each once; the rows have the other columns' cells. */
export function groupedTable(
  shape: Table,
  groups: readonly { name: string; rows: readonly (readonly Cell[])[] }[],
): Markup {
  const own = shape.columns.slice(1);
  return framed(
    shape,
    groups.map(({ name, rows }) => {
      const heading = html`<th scope="rowgroup" rowspan="${rows.length}">${name}</th>`;
      const rowOf = (row: readonly Cell[], place: number) =>
        html`<tr>${place === 0 ? heading : ''}${cells(own, row)}</tr>`;
      return html`<tbody>${rows.map(rowOf)}</tbody>\n`;
    }),
  );
}

/** The cells of a row whose columns are those. */
const cells = (columns: readonly Column[], row: readonly Cell[]): Markup[] =>
  row.map((cell, place) =>
    typeof columns[place] === 'string'
      ? html`<td>${cell}</td>`
      : html`<td class="number">${cell}</td>`,
  );

const framed = ({ look, columns }: Table, bodies: Insertable): Markup =>
  html`<div class="wide scroll" tabindex="0"><table class="${look}">
<thead><tr>${headings(columns)}</tr></thead>
${bodies}</table></div>`;

export const headings = (columns: readonly Column[]): Markup[] =>
  columns.map((column) =>
    typeof column === 'string'
      ? html`<th scope="col">${column}</th>`
      : html`<th scope="col" class="number">${column.number}</th>`,
  );
