import { paperMeasuresOf } from '../measures/measures.ts';
import { claimsSection } from '../report/claims.ts';
import { howJudged } from '../report/contrasts.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, learning, renderPage } from '../report/page.ts';
import { runTable } from '../report/tables.ts';
import { comparability, differenceTable, printedTable } from './report.ts';
import type { Cifar10Summary } from './summary.ts';

/** The report of the study as one HTML page that loads nothing. */
export function renderCifar10Report(
  summary: Cifar10Summary,
  figures: readonly ReportFigure[],
): string {
  return renderPage(
    summary,
    html`${results(summary, figures)}
${differences(summary)}
${claimsSection(summary)}
${eachClass(figures)}
${learning(summary, figures)}
${augmentation(figures)}
<section id="runs"><h2>Every run</h2>${runTable(summary, paperMeasuresOf(summary.runs))}</section>`,
  );
}

function results(summary: Cifar10Summary, figures: readonly ReportFigure[]): Markup {
  return html`<section id="results"><h2>Table 1, theirs and ours</h2>
<p>${comparability(summary)}</p>
${printedTable(summary)}
${figuresOf(figures, 'measures')}</section>`;
}

function differences(summary: Cifar10Summary): Markup {
  if (summary.differences.length === 0) return html``;
  return html`<section id="differences"><h2>Differences between rows</h2>
<p>Mean test error of one row minus that of another, in points of percent. Rows with the same seeds
saw the same batches and crops and are paired by seed (Student’s paired test); others are held
against each other by Welch’s. ${howJudged}</p>
${differenceTable(summary)}</section>`;
}
