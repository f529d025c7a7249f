import { plural, wholeNumber } from '../../text/text.ts';
import { trainCommand } from '../commands.ts';
import { roundsInWords, staysAtChance } from '../halving.ts';
import { figuresOf, type ReportFigure } from '../report/figures.ts';
import { formatDuration } from '../report/format.ts';
import { html, type Markup } from '../report/html.ts';
import { augmentation, eachClass, renderFindings } from '../report/page.ts';
import { groupedTable, numbers, table } from '../report/table.ts';
import { errorInterval } from '../search/intervals.ts';
import { combinationsIn, type SettingImportance } from './findings.ts';
import { configOf, type FinishedRound } from './rounds.ts';
import type { VariedKey } from './space.ts';
import type { TuningSummary } from './summary.ts';
import { restOf, settingTitle, shareInWords, valueTitle, verdictInWords } from './words.ts';

/** The report of a search over settings as one HTML page that loads nothing. */
export const renderTuningReport = (
  summary: TuningSummary,
  figures: readonly ReportFigure[],
): string =>
  renderFindings(
    summary,
    { usage: 'search', facts: factsOf(summary) },
    html`${importance(summary, figures)}
${best(summary)}
${everyRound(summary)}
${eachClass(figures)}
${augmentation(figures)}`,
  );

function factsOf({ data, settings, planned, rounds, seconds }: TuningSummary) {
  const varied = Object.entries(settings.space).map(
    ([key, values]) => `${settingTitle(key as VariedKey)}: ${values.map(valueTitle).join(', ')}`,
  );
  return {
    Data: `${data.title}: ${wholeNumber(data.train)} training images`,
    'Chosen by': `error on ${wholeNumber(data.validation)} validation images, which are not trained on`,
    Varied: varied.map((line) => html`${line}<br>`),
    Rounds: roundsInWords(
      planned.map(({ size, epochs }) => [size, epochs]),
      rounds.length,
      settings.seeds,
    ),
    Time: `${formatDuration(seconds)} of training`,
  };
}

function importance(summary: TuningSummary, figures: readonly ReportFigure[]): Markup {
  const { importance, rounds, settings } = summary;
  const [{ outcomes, epochs }] = rounds;
  const atChance = outcomes.filter(staysAtChance).length;
  const isGrid = outcomes.length === combinationsIn(settings.space);
  const relabelled = isGrid ? 'the runs' : 'the candidates, each with all its seeds';
  const some = ' Of some of the combinations, settings may stand in for each other.';
  return html`<section id="effects"><h2>What each setting explains</h2>
<p>The first round trains all ${plural(outcomes.length, 'candidate')} alike (${plural(epochs, 'epoch')}), so nothing is
selected here. A setting’s importance is the share of the variance of the runs’ errors between its values (η²,
the main effect of an analysis of variance); corrected (ε²) is less what chance alone explains, and never below 0.
p is that of 1,999 relabellings of ${relabelled}, adjusted by Holm for all settings.${isGrid ? '' : some}
${atChance > 0 ? `${plural(atChance, 'candidate')} stayed at chance, and the last column leaves them out.` : ''}</p>
${importanceTable(importance, atChance > 0)}
${figuresOf(figures, 'effects')}
<details class="wide"><summary>Every value of every setting</summary>${valueTable(importance)}</details></section>`;
}

const valueTable = (importance: readonly SettingImportance[]): Markup =>
  groupedTable(
    {
      look: 'runs',
      columns: ['Setting', 'Value', ...numbers('Candidates', 'Mean error', 'At chance')],
    },
    importance.map(({ setting, values }) => ({
      name: settingTitle(setting),
      rows: values.map(({ value, candidates, error, atChance }) => [
        ...[valueTitle(value), candidates],
        ...[error === null ? 'n/a' : `${error.toFixed(2)} %`, atChance],
      ]),
    })),
  );

function importanceTable(importance: readonly SettingImportance[], someAtChance: boolean): Markup {
  const learning = numbers(...(someAtChance ? ['Among those that learn'] : []));
  const shares = numbers('Of the variance', 'Corrected', 'Adjusted p');
  const rest = ['settings together, and seeds', shareInWords(restOf(importance)), '', '', ''];
  return table(
    { look: 'models', columns: ['Setting', ...shares, 'Verdict', ...learning], named: true },
    [...importance.map(importanceRow), rest].map((row) =>
      [...row, ''].slice(0, 5 + learning.length),
    ),
  );
}

const importanceRow = (one: SettingImportance): string[] => [
  ...[settingTitle(one.setting), shareInWords(one.all?.explained)],
  ...[shareInWords(one.all?.corrected), one.adjusted === null ? 'n/a' : one.adjusted.toFixed(3)],
  ...[verdictInWords(one), shareInWords(one.learning?.explained)],
];

function best(summary: TuningSummary): Markup {
  const { rounds, settings, data } = summary;
  const last = rounds[rounds.length - 1];
  const config = { ...configOf(settings.config, last.outcomes[0]), epochs: last.epochs };
  return html`<section id="best"><h2>The best settings</h2>
<p>Those that reached round ${last.number} (${plural(last.epochs, 'epoch')}). Its seeds are new, so luck in an earlier round
does not count here; its validation images are the same, so that the errors of the best are still a little too low. Intervals
are Student’s over the seeds, or, of one seed or of seeds that all agree, those of a share of ${wholeNumber(data.validation)} images.</p>
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
  const judged = numbers('Error and 95 % interval', 'Diverged', 'At chance');
  return table(
    { look: 'runs', columns: [...keys.map(settingTitle), ...judged] },
    outcomes.map(({ choice, errors, diverged, atChance }) => {
      const { mean, halfWidth } = errorInterval(errors, data.validation);
      const error = `${mean.toFixed(2)} ± ${halfWidth.toFixed(2)} %`;
      return [...keys.map((key) => valueTitle(choice[key]!)), error, diverged, atChance];
    }),
  );
}
