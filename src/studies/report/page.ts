import { plural } from '../../text/text.ts';
import { trainCommand } from '../commands.ts';
import type { Summary } from '../summary.ts';
import { figuresOf, type ReportFigure } from './figures.ts';
import { reportHeader } from './header.ts';
import { html, type Markup, trusted } from './html.ts';
import { style } from './style.ts';

const citation = `@inproceedings{huang2019normalization,
  title     = {On Role and Location of Normalization before Model-Based Data Augmentation
               in Residual Blocks for Classification Tasks},
  author    = {Huang, Che-Wei and Narayanan, Shrikanth},
  booktitle = {IEEE International Conference on Acoustics, Speech and Signal Processing (ICASSP)},
  year      = {2019}
}`;

/** The page that a report's sections stand in: what it is about above them, provenance below. */
export function renderPage(summary: Summary, sections: Markup): string {
  return renderDocument(
    summary.title,
    html`${reportHeader(summary)}
${sections}
${repeat(summary)}
${identity(summary)}`,
  );
}

/** The document around a report: styles inline, and a policy that forbids to load anything. */
export function renderDocument(title: string, content: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title} · shakelab</title>
<style>${trusted(style)}</style>
</head>
<body><main>
${content}
</main></body>
</html>
`.markup;
}

/** The learning curves, and which error is meant elsewhere. */
export function learning(summary: Summary, figures: readonly ReportFigure[]): Markup {
  const { epochs } = summary.runs[0];
  return html`<section id="learning"><h2>Learning curves</h2>
<p>Errors reported anywhere on this page are those after the last epoch (${epochs}), not the best.
</p>${figuresOf(figures, 'learning')}</section>`;
}

/** What training sees of some images, where it varies them. */
export function augmentation(figures: readonly ReportFigure[]): Markup {
  if (!figures.some(({ section }) => section === 'augmentation')) return html``;
  return html`<section id="augmentation"><h2>What training sees</h2>${figuresOf(figures, 'augmentation')}</section>`;
}

/** The confusion matrices, where runs keep their predictions. */
export function eachClass(figures: readonly ReportFigure[]): Markup {
  if (!figures.some(({ section }) => section === 'confusion')) return html``;
  return html`<section id="confusion"><h2>Each class</h2>
<p>A row a true class, a column a predicted one; hits blue, mistakes vermilion, the stronger the larger their
share of the row. Beside the rows stands the recall, below the columns the precision.</p>
${figuresOf(figures, 'confusion')}</section>`;
}

function repeat(summary: Summary): Markup {
  return html`<section id="repeat"><h2>Repeat it</h2>
<p>The whole study. Finished runs are kept, interrupted ones go on where they stopped.</p>
<pre>${summary.command}</pre>
<p>A single run; the same seed gives the same bits on any number of threads.</p>
<pre>${trainCommands(summary)}</pre></section>`;
}

/** Where, when and by what code a report's numbers came about. */
export function identity({
  machine,
  code,
  threads,
  finishedAt,
  data,
}: Pick<Summary, 'machine' | 'code' | 'threads' | 'finishedAt'> & {
  data: { source: string };
}): Markup {
  return html`<section id="identity"><h2>Provenance</h2><dl class="facts">
<dt>Machine</dt><dd>${machine.cpu}, ${plural(machine.processors, 'processor')},
${plural(threads, 'thread')} used</dd>
<dt>System</dt><dd>${machine.platform}, Node ${code.node}</dd>
<dt>shakelab</dt><dd>${code.shakelab}${code.commit ? `, commit ${code.commit}` : ''}</dd>
<dt>Data source</dt><dd>${data.source}</dd>
<dt>Finished</dt><dd>${finishedAt}</dd></dl>
<h3>How to cite the paper</h3><pre>${citation}</pre></section>`;
}

function trainCommands({ runs }: Summary): string {
  return runs.map((run) => trainCommand(run, `runs/${run.id}`)).join('\n');
}
