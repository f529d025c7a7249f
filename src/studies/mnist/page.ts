import { furtherMeasuresOf, paperMeasuresOf } from '../measures/measures.ts';
import { claimsSection } from '../report/claims.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, learning, renderPage } from '../report/page.ts';
import { meanings, modelTable, runTable } from '../report/tables.ts';
import type { Summary } from '../summary.ts';

/**
 * A study's report as one HTML page that loads nothing: styles inline, figures as data URIs, and a
 * content policy that forbids everything else.
 */
export function renderMnistReport(summary: Summary, figures: readonly ReportFigure[]): string {
  return renderPage(
    summary,
    html`${embeddings(figures)}
${results(summary)}
${claimsSection(summary)}
${spread(figures)}
${representation(summary)}
${eachClass(figures)}
${learning(summary, figures)}
${augmentation(figures)}
${blocks(figures)}`,
  );
}

function embeddings(figures: readonly ReportFigure[]): Markup {
  return html`<section id="embeddings"><h2>Embeddings</h2>
<p>The last block leaves two features, so what the network has learned can be drawn as it is: each
point is an image, each colour a class.</p>
${figuresOf(figures, 'embeddings')}</section>`;
}

function results(summary: Summary): Markup {
  const shown = paperMeasuresOf(summary.runs);
  return html`<section id="results"><h2>Errors and measures</h2>
${modelTable(summary, shown)}${meanings(shown)}
<h3>Every run</h3>${runTable(summary, shown)}</section>`;
}

function representation(summary: Summary): Markup {
  const shown = furtherMeasuresOf(summary.runs);
  if (shown.length === 0) return html``;
  return html`<section id="representation"><h2>Measures beyond the paper's</h2>
<p>They hold for features of any dimension, and say what else sets the models apart.</p>
${modelTable(summary, shown)}${meanings(shown)}</section>`;
}

function spread(figures: readonly ReportFigure[]): Markup {
  return html`<section id="spread"><h2>How far samples lie from their class centre</h2>
<p>Distances of training samples in evaluate mode, in units of the largest distance that their class
reaches in train mode. The earlier a curve rises, the more compact the classes.</p>
${figuresOf(figures, 'measures')}
<details class="wide"><summary>Each class by itself</summary>${figuresOf(figures, 'classes')}
</details></section>`;
}

function blocks(figures: readonly ReportFigure[]): Markup {
  return html`<section id="blocks"><h2>The residual blocks</h2>
<p>Drawn from the layouts that were trained.</p>${figuresOf(figures, 'blocks')}</section>`;
}
