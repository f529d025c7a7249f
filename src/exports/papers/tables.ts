import { markdownTable, markdownText } from '../../text/markdown.ts';
import type { FilesOfStudy } from '../formats.ts';
import type { Cell, PaperTable } from './paperTable.ts';
import { summaryTable } from './summaryTable.ts';

/** The table of a study or a search as LaTeX, for booktabs. */
export const latexFiles: FilesOfStudy = async (folder) => [
  { name: 'table.tex', content: latexTable(await summaryTable(folder)) },
];

/** The same as Markdown. */
export const markdownFiles: FilesOfStudy = async (folder) => [
  { name: 'table.md', content: markdownOf(await summaryTable(folder)) },
];

/** Mean and deviation with the column's digits; null where there is no number. */
function numbersOf(
  { statistic }: Cell,
  digits: number,
): [mean: string, deviation: string | null] | null {
  if (!statistic) return null;
  return [statistic.mean.toFixed(digits), statistic.deviation?.toFixed(digits) ?? null];
}

function markdownOf({ caption, counted, columns, rows, missing }: PaperTable): string {
  const table = markdownTable(
    ['Model', counted, ...columns.map(({ heading }) => heading)],
    rows.map(({ name, count, cells }) => [
      ...[markdownText(name), String(count)],
      ...cells.map((cell, i) => markdownCell(cell, columns[i].digits) ?? missing),
    ]),
    ['left', 'right', ...columns.map(() => 'right' as const)],
  );
  return `${table}\n\n${caption}\n`;
}

function markdownCell(cell: Cell, digits: number): string | null {
  const numbers = numbersOf(cell, digits);
  if (!numbers) return null;
  const text = numbers
    .filter((number) => number !== null)
    .join(' ± ')
    .replaceAll('-', '−');
  return cell.best ? `**${text}**` : text;
}

/** Numbers beside each other; more stand below, under headings of their own, for they would leave the page. */
const mostBeside = 3;

/** Whether rows differ in their count; else the caption tells it. */
const isCounted = ({ rows }: PaperTable): boolean =>
  new Set(rows.map(({ count }) => count)).size > 1;

function latexTable(table: PaperTable): string {
  const { caption, columns } = table;
  const beside = Math.min(mostBeside, columns.length);
  const blocks = Array.from({ length: Math.ceil(columns.length / mostBeside) }, (_, k) =>
    latexBlock(table, k * mostBeside),
  );
  return `% Needs \\usepackage{booktabs}.
\\begin{table}
  \\centering
  \\footnotesize
  \\setlength{\\tabcolsep}{4pt}
  \\caption{${escaped(caption)}}
  \\begin{tabular}{@{}l${'r'.repeat(beside + Number(isCounted(table)))}@{}}
    \\toprule
${blocks.join('\n    \\midrule\n')}
    \\bottomrule
  \\end{tabular}
\\end{table}
`;
}

/** All rows with the numbers of some columns, below their headings. */
function latexBlock(table: PaperTable, first: number): string {
  const { counted, columns, rows, missing } = table;
  const own = columns.slice(first, first + mostBeside);
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  const lines = rows.map(({ name, count, cells }) =>
    line([
      escaped(name),
      ...(isCounted(table) ? [`${count}`] : []),
      ...own.map(({ digits }, i) => latexCell(cells[first + i], digits) ?? missing),
    ]),
  );
  const heading = line([
    ...['Model', ...(isCounted(table) ? [counted] : [])],
    ...own.map((column) => escaped(column.heading)),
  ]);
  return [heading, '    \\midrule', ...lines].join('\n');
}

function latexCell(cell: Cell, digits: number): string | null {
  const numbers = numbersOf(cell, digits);
  if (!numbers) return null;
  const text = numbers.filter((number) => number !== null).join(' \\pm ');
  return cell.best ? `$\\mathbf{${text}}$` : `$${text}$`;
}

const latexSigns: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '≤': '$\\leq$',
  '×': '$\\times$',
  '°': '$^\\circ$',
  α: '$\\alpha$',
  β: '$\\beta$',
};

/** Text as LaTeX sets it, whatever stands in it. */
const escaped = (text: string): string =>
  text.replace(/[\\~^±≤×°αβ#$%&_{}]/gu, (sign) => latexSigns[sign] ?? `\\${sign}`);
