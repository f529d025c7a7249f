import { plural, wholeNumber } from '../../text/text.ts';
import { trainCommand } from '../commands.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, identity, renderDocument } from '../report/page.ts';
import { errorInterval } from '../search/intervals.ts';
import { type SettingImportance, staysAtChance } from './findings.ts';
import { configOf, type FinishedRound, type Outcome } from './rounds.ts';
import type { VariedKey } from './space.ts';
import type { TuningSummary } from './summary.ts';
import { restOf, settingTitle, shareInWords, valueTitle, verdictInWords } from './words.ts';

/** The report of a search over settings as one HTML page that loads nothing. */
export const renderTuningReport = (
  summary: TuningSummary,
  figures: readonly ReportFigure[],
): string =>
  renderDocument(
    summary.title,
    html`${header(summary)}
${importance(summary, figures)}
${best(summary)}
${everyRound(summary)}
${eachClass(figures)}
${augmentation(figures)}
<section id="repeat"><h2>Repeat it</h2>
<p>Finished runs are kept, interrupted ones go on where they stopped.</p><pre>${summary.command}</pre></section>
${identity(summary)}`,
  );

function header(summary: TuningSummary): Markup {
  const { title, about, finishedAt, data, settings, planned, rounds, seconds } = summary;
  const schedule = planned.map(({ size, epochs }) => `${size} × ${plural(epochs, 'epoch')}`);
  const unfinished = planned.length - rounds.length;
  const varied = Object.entries(settings.space).map(
    ([key, values]) => `${settingTitle(key as VariedKey)}: ${values.map(valueTitle).join(', ')}`,
  );
  return html`<header>
<p class="kicker">shakelab · search · ${finishedAt.slice(0, 10)}</p>
<h1>${title}</h1><p class="lead">${about}</p>
<dl class="facts">
<dt>Data</dt><dd>${data.title}: ${wholeNumber(data.train)} training images</dd>
<dt>Chosen by</dt><dd>error on ${wholeNumber(data.validation)} validation images, which are not trained on</dd>
<dt>Varied</dt><dd>${varied.map((line) => html`${line}<br>`)}</dd>
<dt>Rounds</dt><dd>${schedule.join(', then ')}; ${plural(settings.seeds, 'seed')} each, new ones every
round${unfinished > 0 ? `; ${plural(unfinished, 'round')} still to come` : ''}</dd>
<dt>Time</dt><dd>${formatDuration(seconds)} of training</dd>
</dl></header>`;
}

function importance(summary: TuningSummary, figures: readonly ReportFigure[]): Markup {
  const { importance, rounds, settings } = summary;
  const [{ outcomes, epochs }] = rounds;
  const atChance = outcomes.filter(staysAtChance).length;
  const drawn =
    settings.draw === null ? '' : ' Of drawn combinations, settings may stand in for each other.';
  return html`<section id="effects"><h2>What each setting explains</h2>
<p>The first round trains all ${plural(outcomes.length, 'candidate')} alike (${plural(epochs, 'epoch')}), so nothing is
selected here. A setting’s importance is the share of the variance of the runs’ errors between its values (η²,
the main effect of an analysis of variance); corrected (ε²) is 0 on average of a setting that does nothing.
p is that of 1,999 relabellings, adjusted by Holm for all settings.${drawn}
${atChance > 0 ? `${plural(atChance, 'candidate')} stayed at chance, and the last column leaves them out.` : ''}</p>
${importanceTable(importance, atChance > 0)}
${figuresOf(figures, 'effects')}
<details class="wide"><summary>Every value of every setting</summary>${valueTable(importance)}</details></section>`;
}

function valueTable(importance: readonly SettingImportance[]): Markup {
  return html`<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr><th scope="col">Setting</th>
<th scope="col">Value</th><th scope="col" class="number">Candidates</th>
<th scope="col" class="number">Mean error</th><th scope="col" class="number">At chance</th></tr></thead>
${importance.map(
  ({ setting, values }) =>
    html`<tbody>${values.map(
      ({ value, candidates, error, atChance }, place) => html`<tr>${
        place === 0
          ? html`<th scope="rowgroup" rowspan="${values.length}">${settingTitle(setting)}</th>`
          : ''
      }<td>${valueTitle(value)}</td><td class="number">${candidates}</td>
<td class="number">${error === null ? 'n/a' : `${error.toFixed(2)} %`}</td>
<td class="number">${atChance}</td></tr>`,
    )}</tbody>`,
)}</table></div>`;
}

function importanceTable(importance: readonly SettingImportance[], someAtChance: boolean): Markup {
  const learning = someAtChance
    ? html`<th scope="col" class="number">Among those that learn</th>`
    : '';
  return html`<div class="wide scroll" tabindex="0"><table class="models"><thead><tr><th scope="col">Setting</th>
<th scope="col" class="number">Of the variance</th><th scope="col" class="number">Corrected</th>
<th scope="col" class="number">Adjusted p</th><th scope="col">Verdict</th>${learning}</tr></thead>
<tbody>${importance.map((one) => importanceRow(one, someAtChance))}
<tr><th scope="row">settings together, and seeds</th><td class="number">${shareInWords(restOf(importance))}</td>
<td></td><td></td><td></td>${someAtChance ? html`<td></td>` : ''}</tr></tbody></table></div>`;
}

function importanceRow(one: SettingImportance, someAtChance: boolean): Markup {
  const { setting, all, adjusted, learning } = one;
  return html`<tr><th scope="row">${settingTitle(setting)}</th>
<td class="number">${shareInWords(all?.explained)}</td>
<td class="number">${shareInWords(all?.corrected)}</td>
<td class="number">${adjusted === null ? 'n/a' : adjusted.toFixed(3)}</td>
<td>${verdictInWords(one)}</td>
${someAtChance ? html`<td class="number">${shareInWords(learning?.explained)}</td>` : ''}</tr>`;
}

function best(summary: TuningSummary): Markup {
  const { rounds, settings, data } = summary;
  const last = rounds[rounds.length - 1];
  const config = { ...configOf(settings.config, last.outcomes[0]), epochs: last.epochs };
  return html`<section id="best"><h2>The best settings</h2>
<p>Those that reached round ${last.number} (${plural(last.epochs, 'epoch')}). Its seeds are new, so luck in an earlier round
does not count here; its validation images are the same, so that the errors of the best are still a little too low. Intervals
are Student’s over the seeds, or, of one seed, those of a share of ${wholeNumber(data.validation)} images.</p>
${outcomeTable(last, summary)}
<p>The first of them, trained again and tested once on the test images:</p>
<pre>${trainCommand(config, 'runs/best')}</pre></section>`;
}

const everyRound = (summary: TuningSummary): Markup =>
  html`<section id="rounds"><h2>Every candidate in every round</h2>${summary.rounds.map(
    (round) => html`<details class="wide"><summary>Round ${round.number}:
${plural(round.outcomes.length, 'candidate')}, ${plural(round.epochs, 'epoch')}</summary>
${outcomeTable(round, summary)}</details>`,
  )}</section>`;

function outcomeTable({ outcomes }: FinishedRound, { settings, data }: TuningSummary): Markup {
  const keys = Object.keys(settings.space) as VariedKey[];
  return html`<div class="wide scroll" tabindex="0"><table class="runs"><thead><tr>
${keys.map((key) => html`<th scope="col">${settingTitle(key)}</th>`)}
<th scope="col" class="number">Error and 95 % interval</th><th scope="col" class="number">Diverged</th>
<th scope="col" class="number">At chance</th></tr></thead>
<tbody>${outcomes.map((outcome) => outcomeRow(outcome, keys, data.validation))}</tbody></table></div>`;
}

function outcomeRow(outcome: Outcome, keys: readonly VariedKey[], images: number): Markup {
  const { mean, halfWidth } = errorInterval(outcome.errors, images);
  return html`<tr>${keys.map((key) => html`<td>${valueTitle(outcome.choice[key]!)}</td>`)}
<td class="number">${mean.toFixed(2)} ± ${halfWidth.toFixed(2)} %</td>
<td class="number">${outcome.diverged}</td><td class="number">${outcome.atChance}</td></tr>`;
}
