import { columns } from '../../text/text.ts';
import { errorText } from '../curves/words.ts';
import type { StudyEvent } from '../events.ts';
import { checkRun, openWhole } from '../prepare.ts';
import { runStudy } from '../runStudy.ts';
import type { OpenedStudy, PaperTypes, Study } from '../study.ts';
import { summariseRuns } from '../summarise.ts';
import { shortenFindings } from './findings.ts';
import { type ShortenStudyOptions, shortenOptions } from './options.ts';
import { changedConfig, pairs, titleOf } from './recipes.ts';
import { shortenRuns } from './runs.ts';
import { repeatedOptions, type ShortenSettings, settingsIn, shortenSettings } from './settings.ts';
import { type ShortenSummary, shortenSummarySchema } from './summary.ts';

interface ShortenTypes extends PaperTypes {
  options: ShortenStudyOptions;
  settings: ShortenSettings;
  summary: ShortenSummary;
}

/**
 * Which changes of a recipe shorten a training: alone, then together, chosen by validation; the winner is held
 * against the plain recipe at three times its epochs, with fresh seeds.
 */
export const shortenStudy: Study<ShortenTypes> = {
  name: 'shorten',
  usage: 'study shorten',
  title: 'A shorter training: which changes of a recipe are worth more epochs',
  about:
    'Changes of a recipe, tried one at a time and then together by their errors on validation images; the best ' +
    'is held against the plain recipe, and against three times its epochs, with seeds that chose nothing.',
  options: shortenOptions,
  enduresDivergence: true,
  reports: { after: 'batch' },

  settle: shortenSettings,
  open: openChecked,
  repeats: repeatedOptions,
  runs: shortenRuns,
  async analyse(plan, trained) {
    const summary = await summariseRuns(plan, trained, []);
    return shortenSummarySchema.parse({
      ...summary,
      ...shortenFindings(settingsIn(plan), trained),
    });
  },
  figures: async (summary) => (await import('./figures.ts')).drawShortenFigures(summary),
  closing: closingTable,
  page: async (...found) => (await import('./page.ts')).renderShortenReport(...found),
};

/**
 * Runs a study of what shortens a training in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runShortenStudy = (
  options: ShortenStudyOptions = {},
): AsyncGenerator<StudyEvent<ShortenSummary>> => runStudy(shortenStudy, options);

/** @throws RequestError where two of the changes, which may be put together later, fit neither each other nor the data */
async function openChecked(
  settings: ShortenSettings,
  options: ShortenStudyOptions,
): Promise<OpenedStudy<ShortenSettings>> {
  const dataset = await openWhole(settings.config, options);
  for (const pair of pairs(settings))
    checkRun(titleOf(settings, pair), changedConfig(settings, pair), dataset);
  return { settings, dataset };
}

/** A row a recipe that was tried, and below them those that confirm. */
function closingTable({ tried, outcomes, winner }: ShortenSummary): string {
  const tries = tried.map(({ recipe, error }) => [recipe, '', errorText(error), 'validation']);
  const tests = outcomes.map(({ which, epochs, error }) => [
    ...[which === 'winner' ? winner! : 'plain', String(epochs), errorText(error), 'test'],
  ]);
  const heading = ['recipe', 'epochs', 'error, %', 'of'];
  return columns([heading, ...tries, ...tests], ['left', 'right', 'right', 'left']);
}
