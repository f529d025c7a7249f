import type { StudyEvent } from '../events.ts';
import { runStudy } from '../runStudy.ts';
import { type SearchOptions, searchOptions } from '../search/options.ts';
import { usualValidation } from '../search/settings.ts';
import type { Study, StudyTypes } from '../study.ts';
import { closingTables } from './closing.ts';
import { foreseenRuns, tuningRuns } from './rounds.ts';
import { repeatedOptions, type TuningSettings, tuningSettings } from './settings.ts';
import { summariseTuning, type TuningSummary } from './summary.ts';

/** What is particular to a search over settings. */
export interface TuningTypes extends StudyTypes {
  options: SearchOptions;
  settings: TuningSettings;
  summary: TuningSummary;
  stage: never;
}

/**
 * Trains combinations of settings, and spends more time on the promising by successive halving (Jamieson
 * and Talwalkar, 2016), chosen by validation images. As in the search over layouts, a run never goes on
 * from a shorter round's, and every round has new seeds.
 */
export const tuningStudy: Study<TuningTypes> = {
  name: 'tuning',
  usage: 'search',
  title: 'Which settings matter: a search by validation',
  about:
    'Combinations of settings are trained; each round keeps those with the lowest validation error and ' +
    'trains them longer. What the first round, which trains all alike, says of each setting stands beside it.',
  options: searchOptions,
  enduresDivergence: true,
  reports: { after: 'batch' },

  settle: async (options) => tuningSettings(options, await usualValidation(options)),
  repeats: repeatedOptions,
  runs: tuningRuns,
  foreseen: foreseenRuns,
  analyse: summariseTuning,
  figures: async (...found) => (await import('./figures.ts')).drawTuningFigures(...found),
  closing: closingTables,
  page: async (...found) => (await import('./page.ts')).renderTuningReport(...found),
};

/** What happens in a search over settings; the last event of a whole one is `done`. */
export type TuningEvent = StudyEvent<TuningSummary>;

/**
 * Runs a search over the settings that `vary` names in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runTuning = (options: SearchOptions & { vary: string }): AsyncGenerator<TuningEvent> =>
  runStudy(tuningStudy, options);
