import { type Measure, measures } from '../../studies/measures/measures.ts';
import type { FilesOfStudy } from '../formats.ts';
import { type Cell, type ModelTable, modelTable } from './modelTable.ts';

/** A study's table as LaTeX, for booktabs. */
export const latexFiles: FilesOfStudy = async (folder) => [
  { name: 'table.tex', content: latexTable(await modelTable(folder)) },
];

/** A study's table as Markdown. */
export const markdownFiles: FilesOfStudy = async (folder) => [
  { name: 'table.md', content: markdownTable(await modelTable(folder)) },
];

/** What a table's numbers are, in a sentence or two. */
function caption({ title, data, rows, tested, columns }: ModelTable): string {
  const counts = [...new Set(rows.map(({ seeds }) => seeds))];
  const seeds =
    counts.length === 1 ? counts[0] : `${Math.min(...counts)} to ${Math.max(...counts)}`;
  const said = `${title}, ${data}. Mean ± sample deviation over ${seeds} seeds.`;
  if (!columns.some((measure) => measures[measure].better) || tested === 0) return said;
  const marked = rows.some(({ cells }) => cells.some(({ best }) => best));
  const rule = `Holm's adjusted p ≤ 0.05 over ${tested} pairs of models`;
  return marked
    ? `${said} Bold: lower than that of every other model (${rule}).`
    : `${said} No model's error can be told apart from all others' (${rule}).`;
}

const unitOf = (measure: Measure): string => measures[measure].unit.trim();

const heading = (measure: Measure): string =>
  unitOf(measure) ? `${measures[measure].short} (${unitOf(measure)})` : measures[measure].short;

/** Mean and deviation with the measure's digits; null for what a model lacks. */
function numbersOf(
  measure: Measure,
  { statistic }: Cell,
): [mean: string, deviation: string | null] | null {
  if (!statistic) return null;
  const { digits } = measures[measure];
  return [statistic.mean.toFixed(digits), statistic.deviation?.toFixed(digits) ?? null];
}

function markdownTable(table: ModelTable): string {
  const { columns, rows } = table;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    line(['Model', 'Seeds', ...columns.map(heading)]),
    line(['---', '---:', ...columns.map(() => '---:')]),
    ...rows.map(({ model, seeds, cells }) =>
      line([
        model.replaceAll(/[|\\]/g, '\\$&'),
        String(seeds),
        ...cells.map((cell, i) => markdownCell(columns[i], cell)),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n\n${caption(table)}\n`;
}

function markdownCell(measure: Measure, cell: Cell): string {
  const numbers = numbersOf(measure, cell);
  if (!numbers) return 'n/a';
  const text = numbers
    .filter((number) => number !== null)
    .join(' ± ')
    .replaceAll('-', '−');
  return cell.best ? `**${text}**` : text;
}

function latexTable(table: ModelTable): string {
  const { columns, rows } = table;
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  return `% Needs \\usepackage{booktabs}.
\\begin{table}
  \\centering
  \\caption{${escaped(caption(table))}}
  \\begin{tabular}{lr${'r'.repeat(columns.length)}}
    \\toprule
${line(['Model', 'Seeds', ...columns.map((measure) => escaped(heading(measure)))])}
    \\midrule
${rows
  .map(({ model, seeds, cells }) =>
    line([escaped(model), `${seeds}`, ...cells.map((cell, i) => latexCell(columns[i], cell))]),
  )
  .join('\n')}
    \\bottomrule
  \\end{tabular}
\\end{table}
`;
}

function latexCell(measure: Measure, cell: Cell): string {
  const numbers = numbersOf(measure, cell);
  if (!numbers) return 'n/a';
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
