import { meanOf } from '../../statistics/estimate.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { groupByModel, statisticOf } from '../models.ts';
import type { Summary } from '../summary.ts';
import { tally } from './claims.ts';
import { formatDuration, formatStatistic } from './format.ts';
import { html, type Insertable, type Markup } from './html.ts';

/** What stands at the top of a report on the paper: what it is not, and the result at a glance. */
export function glance(summary: Summary): Markup {
  return html`${summary.standInFor ? standInNotice(summary.data.title, summary.standInFor) : ''}
${unfinishedNotice(summary)}
${errors(summary)}`;
}

/** The study's result at a glance: the test error of every model. */
function errors({ runs }: Summary): Markup {
  const items = groupByModel(runs).map((model) => {
    const error = formatStatistic('testError', statisticOf(model, 'testError'));
    return html`<div><dt>${model.title}</dt><dd>${error}</dd></div>`;
  });
  return html`<p class="kicker">Test error</p><dl class="errors">${items}</dl>`;
}

function standInNotice(title: string, original: string): Markup {
  return html`<div class="notice" role="note"><p><strong>${capitalised(title)}, not
${original}.</strong>
Every number and figure on this page comes from a stand-in for ${original}. None of them may be
compared with the paper's; the claims are judged on the stand-in alone.</p></div>`;
}

/** What a report leaves open that was written while its study still trains. */
function unfinishedNotice({ runs, planned = runs.length }: Summary): Markup {
  if (runs.length >= planned) return html``;
  const models = groupByModel(runs).map(({ title, runs }) => `${title} ${runs.length}`);
  return html`<div class="notice" role="note"><p><strong>${runs.length} of ${plural(planned, 'run')}
finished.</strong> This report holds only those; runs of each model: ${models.join(', ')}.</p></div>`;
}

/** What was run on what data. */
export function factsOf(summary: Summary) {
  const { data, runs } = summary;
  const [run] = runs;
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  return {
    Data: `${capitalised(data.title)}: ${imagesInWords(run)} of ${data.shape.join('×')}`,
    Network:
      `${run.net}, ${run.features ?? 'its own number of'} features before the output layer, ` +
      `${parameterRange(summary)} parameters`,
    Training:
      `${plural(run.epochs, 'epoch')} at batch ${run.batch}, learning rate ${run.learningRate} ` +
      `falling to 0 along a cosine; ${plural(seeds, 'seed')}`,
    Claims: tally(summary.claims),
    Time:
      `${formatDuration(summary.seconds)} of training, ` +
      `${wholeNumber(meanSpeed(summary))} images/s on ${summary.machine.cpu}`,
  };
}

/** `60,000 training and 10,000 test images`. */
export const imagesInWords = (run: { trainCount: number; testCount: number }): string =>
  `${wholeNumber(run.trainCount)} training and ${wholeNumber(run.testCount)} test images`;

/** Facts, each under its name. */
export const factList = (facts: Readonly<Record<string, Insertable>>): Markup =>
  html`<dl class="facts">${Object.entries(facts).map(
    ([name, fact]) => html`<dt>${name}</dt><dd>${fact}</dd>\n`,
  )}</dl>`;

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

function parameterRange({ runs }: Summary): string {
  const counts = runs.map(({ parameters }) => parameters);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? wholeNumber(least) : `${wholeNumber(least)} to ${wholeNumber(most)}`;
}

function meanSpeed({ runs }: Summary): number {
  return meanOf(runs.map(({ imagesPerSecond }) => imagesPerSecond));
}
