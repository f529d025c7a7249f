import { plural, wholeNumber } from '../../text/text.ts';
import { changeInWords, errorText } from '../curves/words.ts';
import { howJudged, intervalInWords, testInWords, verdictInWords } from '../report/contrasts.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { imagesInWords } from '../report/header.ts';
import { html, type Markup } from '../report/html.ts';
import { renderFindings } from '../report/page.ts';
import { numbers, table } from '../report/table.ts';
import { longer } from './runs.ts';
import type { ShortenSummary } from './summary.ts';

/** The report of the study as one HTML page that loads nothing. */
export function renderShortenReport(
  summary: ShortenSummary,
  figures: readonly ReportFigure[],
): string {
  const { winner } = summary;
  const chosen = winner ?? 'nothing yet, trials are still to come';
  const answers = [
    { question: 'Chosen by the trials:', text: `${chosen}.` },
    ...summary.confirmations.map(({ against, contrast }) => ({
      question: `${againstInWords[against]}:`,
      text: `${changeInWords(contrast)}.`,
    })),
  ];
  return renderFindings(
    summary,
    { usage: 'study shorten', answers, facts: factsOf(summary) },
    html`${confirmation(summary, figures)}
${trials(summary)}`,
  );
}

const againstInWords: Record<string, string> = {
  plain: 'Against the plain recipe',
  longer: `Against the plain recipe at ${longer} times its epochs`,
};

function factsOf({ data, runs, seconds }: ShortenSummary) {
  const [{ net, epochs, batch, learningRate }] = runs;
  return {
    Data: `${data.title}: ${imagesInWords(runs[0])} of ${data.shape.join('×')} in the trials`,
    Plain: `${net}, ${plural(epochs, 'epoch')}, batch ${batch}, learning rate ${learningRate}`,
    Time: `${formatDuration(seconds)} of training, ${plural(runs.length, 'run')}`,
  };
}

function confirmation(
  { outcomes, confirmations }: ShortenSummary,
  figures: readonly ReportFigure[],
): Markup {
  if (outcomes.length === 0) return html``;
  return html`<section id="confirmation"><h2>With fresh seeds</h2>
<p>Trained on all images and tested; none of these seeds chose anything.</p>
${figuresOf(figures, 'measures')}
${table(
  {
    look: 'runs',
    columns: ['Recipe', ...numbers('Epochs', 'Test error, %', 'Seeds')],
    named: true,
  },
  outcomes.map(({ which, epochs, error }) => [
    ...[which, wholeNumber(epochs), errorText(error), String(error.count)],
  ]),
)}
${
  confirmations.length === 0
    ? html`<p>No change was better than none, so there is nothing to confirm.</p>`
    : html`<p>The winner held against both, as one family:</p>
${table(
  {
    look: 'models contrasts',
    columns: ['The winner against', ...numbers('Difference'), 'Test', 'Verdict'],
    named: true,
  },
  confirmations.map(({ against, contrast }) => [
    ...[against, intervalInWords(contrast, 'testError')],
    ...[testInWords(contrast), verdictInWords(contrast, 'testError')],
  ]),
)}`
}</section>`;
}

function trials({ tried }: ShortenSummary): Markup {
  return html`<section id="trials"><h2>What was tried</h2>
<p>Errors on validation images: each change alone, those that helped together (of two that exclude each other the
better one), and again with more seeds for the best of them. Differences from the plain recipe are of the first trials, which all have. ${howJudged}</p>
${table(
  {
    look: 'models contrasts',
    columns: ['Recipe', ...numbers('Error, %', 'Trials', 'Difference'), 'Verdict'],
    named: true,
  },
  tried.map(({ recipe, error, contrast }) => [
    ...[recipe, errorText(error), String(error.count)],
    contrast ? intervalInWords(contrast, 'testError') : '',
    contrast ? verdictInWords(contrast, 'testError') : '',
  ]),
)}</section>`;
}
