import { plural } from '../../text/text.ts';
import { trainCommand } from '../commands.ts';
import type { Summary } from '../summary.ts';
import { figuresOf, type ReportFigure } from './figures.ts';
import { factList, factsOf, glance } from './header.ts';
import { html, type Insertable, type Markup, trusted } from './html.ts';
import { style } from './style.ts';

const citation = `@inproceedings{huang2019normalization,
  title     = {On Role and Location of Normalization before Model-Based Data Augmentation
               in Residual Blocks for Classification Tasks},
  author    = {Huang, Che-Wei and Narayanan, Shrikanth},
  booktitle = {IEEE International Conference on Acoustics, Speech and Signal Processing (ICASSP)},
  year      = {2019},
  pages     = {3322--3326}
}`;

type Identity = Pick<Summary, 'machine' | 'code' | 'threads' | 'finishedAt'> & {
  data: { source: string };
};

/** The page of a study of the paper: the result at a glance, its sections, how to repeat it and each run. */
export function renderPage(summary: Summary, sections: Markup): string {
  const singles = html`
<p>A single run; the same seed gives the same bits on any number of threads.</p>
<pre>${trainCommands(summary)}</pre>`;
  const opening = { usage: `study ${summary.study}`, facts: factsOf(summary) };
  return renderFindings(summary, { ...opening, glance: glance(summary), singles }, sections);
}

/** What a report says around its sections. */
interface Opening {
  /** The study's command, such as `study folds`. */
  usage: string;
  glance?: Insertable;
  answers?: readonly { question: string; text: string }[];
  /** What was run on what data, each under its name. */
  facts: Readonly<Record<string, Insertable>>;
  /** What a reader should know of its runs, and how to repeat each. */
  repeating?: Insertable;
  singles?: Insertable;
}

/** The page of a study: what it found at a glance, its sections, how to repeat it. */
export function renderFindings(
  summary: Identity & Pick<Summary, 'title' | 'about' | 'command'>,
  { usage, glance = '', answers = [], facts, repeating = '', singles = '' }: Opening,
  sections: Markup,
): string {
  const { title, about, finishedAt, command } = summary;
  return renderDocument(
    title,
    html`<header>
<p class="kicker">shakelab · ${usage} · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1>
<p class="lead">${about}</p>
${glance}${answers.map(({ question, text }) => html`<p><b>${question}</b> ${text}</p>`)}
${factList(facts)}
</header>
${sections}
<section id="repeat"><h2>Repeat it</h2>
<p>Finished runs are kept, interrupted ones go on where they stopped.${repeating}</p>
<pre>${command}</pre>${singles}</section>
${identity(summary)}`,
  );
}

/** The document around a report: styles inline, and a policy that forbids to load anything. */
function renderDocument(title: string, content: Markup): string {
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
export function learning({ runs }: Summary, figures: readonly ReportFigure[]): Markup {
  const chosen = runs.some(({ bestEpoch }) => bestEpoch !== undefined);
  const which = chosen
    ? 'those of the epoch of the lowest validation error, whose test images were looked at once'
    : `those after the last epoch (${runs[0].epochs}), not the best`;
  return html`<section id="learning"><h2>Learning curves</h2>
<p>Errors reported anywhere on this page are ${which}.</p>${figuresOf(figures, 'learning')}</section>`;
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

/** Where, when and by what code a report's numbers came about. */
function identity({ machine, code, threads, finishedAt, data }: Identity): Markup {
  const facts = {
    Machine: `${machine.cpu}, ${plural(machine.processors, 'processor')}, ${plural(threads, 'thread')} used`,
    System: `${machine.platform}, Node ${code.node}`,
    shakelab: code.shakelab + (code.commit ? `, commit ${code.commit}` : ''),
    'Data source': data.source,
    Finished: finishedAt,
  };
  return html`<section id="identity"><h2>Provenance</h2>${factList(facts)}
<h3>How to cite the paper</h3><pre>${citation}</pre></section>`;
}

function trainCommands({ runs }: Summary): string {
  return runs.map((run) => trainCommand(run, `runs/${run.id}`)).join('\n');
}
