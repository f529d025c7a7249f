import { claimsSection } from '../report/claims.ts';
import type { ReportFigure } from '../report/figures.ts';
import { html } from '../report/html.ts';
import { learning, renderPage } from '../report/page.ts';
import { meanings, modelTable, runTable } from '../report/tables.ts';
import type { Summary } from '../summary.ts';

/** The report of the study as one HTML page that loads nothing. */
export function renderCifar10Report(summary: Summary, figures: readonly ReportFigure[]): string {
  return renderPage(
    summary,
    html`<section id="results"><h2>Errors</h2>
${modelTable(summary)}${meanings(summary)}
<h3>Every run</h3>${runTable(summary)}</section>
${claimsSection(summary)}
${learning(summary, figures)}`,
  );
}
