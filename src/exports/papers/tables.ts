import type { FilesOfStudy } from '../formats.ts';
import type { Cell, PaperTable } from './paperTable.ts';
import { summaryTable } from './summaryTable.ts';

/** The table of a study or a search as LaTeX, for booktabs. */
export const latexFiles: FilesOfStudy = async (folder) => [
  { name: 'table.tex', content: latexTable(await summaryTable(folder)) },
];

/** The same as Markdown. */
export const markdownFiles: FilesOfStudy = async (folder) => [
  { name: 'table.md', content: markdownTable(await summaryTable(folder)) },
];

/** Mean and deviation with the column's digits; null where there is no number. */
function numbersOf(
  { statistic }: Cell,
  digits: number,
): [mean: string, deviation: string | null] | null {
  if (!statistic) return null;
  return [statistic.mean.toFixed(digits), statistic.deviation?.toFixed(digits) ?? null];
}

function markdownTable({ caption, counted, columns, rows, missing }: PaperTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    line(['Model', counted, ...columns.map(({ heading }) => heading)]),
    line(['---', '---:', ...columns.map(() => '---:')]),
    ...rows.map(({ name, count, cells }) =>
      line([
        name.replaceAll(/[|\\]/g, '\\$&'),
        String(count),
        ...cells.map((cell, i) => markdownCell(cell, columns[i].digits) ?? missing),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n\n${caption}\n`;
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

function latexTable({ caption, counted, columns, rows, missing }: PaperTable): string {
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  return `% Needs \\usepackage{booktabs}.
\\begin{table}
  \\centering
  \\caption{${escaped(caption)}}
  \\begin{tabular}{lr${'r'.repeat(columns.length)}}
    \\toprule
${line(['Model', counted, ...columns.map(({ heading }) => escaped(heading))])}
    \\midrule
${rows
  .map(({ name, count, cells }) =>
    line([
      escaped(name),
      `${count}`,
      ...cells.map((cell, i) => latexCell(cell, columns[i].digits) ?? missing),
    ]),
  )
  .join('\n')}
    \\bottomrule
  \\end{tabular}
\\end{table}
`;
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
