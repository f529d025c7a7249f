import { plural, wholeNumber } from '../../text/text.ts';
import { roundsInWords } from '../halving.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { imagesInWords } from '../report/header.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, renderFindings } from '../report/page.ts';
import { groupedTable, numbers, table } from '../report/table.ts';
import { answers } from './answers.ts';
import { partTitles } from './figures.ts';
import { type DistanceGroup, lawsOf, type Outcome } from './findings.ts';
import { errorInterval } from './intervals.ts';
import type { FinishedRound } from './rounds.ts';
import type { SearchSummary } from './summary.ts';

const about =
  'Every placement of batch norms in a residual branch of two convolutions, with even mixing and ' +
  'with shaking: where does normalisation belong before a mix, and is it the same place without one?';

/** The report of a search as one HTML page that loads nothing. */
export function renderSearchReport(
  summary: SearchSummary,
  figures: readonly ReportFigure[],
): string {
  return renderFindings(
    { ...summary, about },
    { usage: 'search', answers: answers(summary), facts: factsOf(summary), repeating },
    html`${distance(summary, figures)}
${effects(summary, figures)}
${best(summary, figures)}
${everyLayout(summary)}
${eachClass(figures)}
${augmentation(figures)}`,
  );
}

const repeating = html` Any run is one that <code>shakelab train</code> gives with its settings.`;

function factsOf(summary: SearchSummary) {
  const { data, settings, planned, rounds, seconds } = summary;
  const { net, batch, learningRate } = settings.config;
  const sizes = planned.map(({ layouts, epochs }) => [2 * layouts, epochs] as const);
  return {
    Data: `${data.title}: ${imagesInWords({ trainCount: data.train, testCount: data.test })} of ${data.shape.join('×')}`,
    'Chosen by': chosenBy(summary),
    Network: `${net}, batch ${batch}, learning rate ${learningRate} falling to 0 along a cosine`,
    Rounds: roundsInWords(sizes, rounds.length, settings.seeds),
    Time: `${formatDuration(seconds)} of training`,
  };
}

/** The images by which layouts are ranked; searches of older releases had no validation. */
const judgeOf = ({ data }: SearchSummary): string =>
  data.validation === undefined ? 'test' : 'validation';

const judgedCount = ({ data }: SearchSummary): number => data.validation ?? data.test;

const chosenBy = (summary: SearchSummary): string =>
  summary.data.validation === undefined
    ? 'error on the test images, which are therefore no honest test of the best'
    : `error on ${wholeNumber(summary.data.validation)} validation images, which are not trained on`;

function distance(summary: SearchSummary, figures: readonly ReportFigure[]): Markup {
  return html`<section id="distance"><h2>How far may the last batch norm stand from the mix?</h2>
<p>The first round trains every layout alike (${plural(summary.rounds[0].epochs, 'epoch')}), so
nothing is selected here. A run whose loss stopped being finite counts as guessing. Intervals are Student’s over
the layouts of a row, as if they were drawn from many.</p>
${figuresOf(figures, 'distance')}
${table(
  {
    look: 'models',
    columns: [
      ...['Law', 'Last batch norm'],
      ...numbers('Layouts', 'Mean error and 95 % interval', 'Diverged'),
    ],
    named: true,
  },
  summary.distances.map(({ mixing, distance, error, diverged }) => [
    ...[mixing, distanceWords.get(distance)!, error.count],
    ...[`${interval(error.mean, error.halfWidth)} %`, diverged],
  ]),
)}</section>`;
}

const distanceWords = new Map<DistanceGroup['distance'], string>([
  [0, 'directly before the mix'],
  [1, 'one convolution before'],
  [2, 'two convolutions before'],
  [null, 'none'],
]);

function effects({ effects }: SearchSummary, figures: readonly ReportFigure[]): Markup {
  return html`<section id="effects"><h2>What each place adds</h2>
<p>Two layouts that differ in one batch norm alone show what it does there; the mean over all such
pairs is its marginal effect on the error, in points, its interval Student’s over the pairs. All of them are one family: Holm’s adjusted p
is at most 0.05 where there is an effect, and in the simultaneous intervals all lie at once. A pair of layouts that both stay at chance says
nothing; such pairs are counted.</p>
${figuresOf(figures, 'effects')}
${table(
  {
    look: 'models',
    columns: [
      ...['Law', 'Part', ...numbers('Pairs', 'At chance', 'Change of the error and 95 % interval')],
      ...numbers('Simultaneous', 'Adjusted p'),
    ],
    named: true,
  },
  effects.map(({ mixing, of, difference, atChance, simultaneous, adjusted }) => [
    ...[mixing, partTitles[of], difference.count, atChance ?? 'n/a'],
    interval(difference.mean, difference.halfWidth),
    simultaneous == null ? 'n/a' : `± ${simultaneous.toFixed(2)}`,
    adjusted == null ? 'untested' : adjusted.toFixed(3),
  ]),
)}</section>`;
}

function best(summary: SearchSummary, figures: readonly ReportFigure[]): Markup {
  const last = summary.rounds[summary.rounds.length - 1];
  return html`<section id="best"><h2>The best layouts</h2>
<p>Those that reached round ${last.number} (${plural(last.epochs, 'epoch')}). Its seeds are new, so
luck in an earlier round does not count here; its ${judgeOf(summary)} images are the same, so that the
errors of the best are still a little too low. Intervals are Student's over the seeds, or, of one seed or of
seeds that all agree, those of a share of ${wholeNumber(judgedCount(summary))} ${judgeOf(summary)} images.</p>
${outcomeTable(last, judgedCount(summary))}
${figuresOf(figures, 'best')}</section>`;
}

function everyLayout(summary: SearchSummary): Markup {
  return html`<section id="rounds"><h2>Every layout in every round</h2>${summary.rounds.map(
    (round) => html`<details class="wide"><summary>Round ${round.number}:
${plural(round.outcomes.length, 'layout')}, ${plural(round.epochs, 'epoch')}</summary>
${outcomeTable(round, judgedCount(summary))}</details>`,
  )}</section>`;
}

function outcomeTable({ outcomes }: FinishedRound, images: number): Markup {
  const judged = numbers('Error and 95 % interval', 'Diverged', 'At chance');
  return groupedTable(
    { look: 'runs', columns: ['Law', 'Layout', ...judged] },
    lawsOf(outcomes).map((law) => ({
      name: law,
      rows: outcomes
        .filter(({ mixing }) => mixing === law)
        .map((outcome) => outcomeRow(outcome, images)),
    })),
  );
}

function outcomeRow({ layout, errors, diverged, atChance }: Outcome, images: number) {
  const { mean, halfWidth } = errorInterval(errors, images);
  return [layout, `${interval(mean, halfWidth)} %`, diverged, atChance ?? 'n/a'];
}

function interval(mean: number, halfWidth: number | null): string {
  const text = mean.toFixed(2).replace('-', '\u2212');
  return halfWidth === null ? text : `${text} ± ${halfWidth.toFixed(2)}`;
}
