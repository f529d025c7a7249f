import type { PlanEvent, WorkEvent } from '../events.ts';
import { runStudy } from '../runStudy.ts';
import type { Study } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import { type SearchOptions, searchOptions } from './options.ts';
import {
  type Arm,
  type FinishedRound,
  foreseenRuns,
  progressOf,
  type Round,
  roundsOf,
  searchRuns,
} from './rounds.ts';
import {
  repeatedOptions,
  type SearchSettings,
  searchSettings,
  settingsIn,
  usualValidation,
} from './settings.ts';
import { type SearchSummary, summariseSearch } from './summary.ts';

/** The events of a search around each of its rounds. */
export type RoundEvent =
  | { kind: 'round-start'; round: Round; rounds: number; arms: Arm[]; epochsBefore: number }
  | { kind: 'round-done'; round: FinishedRound; reportPath: string };

/** What happens in a search, in this order; the last event of a whole search is `done`. */
export type SearchEvent = (PlanEvent & SearchPlan) | WorkEvent<SearchSummary> | RoundEvent;

/** What a search plans besides the runs of its first round. */
export interface SearchPlan {
  laws: string[];
  rounds: Round[];
}

/** What is particular to a search. */
export interface SearchTypes {
  options: SearchOptions;
  settings: SearchSettings;
  summary: SearchSummary;
  plan: SearchPlan;
  stage: RoundEvent;
}

/**
 * Trains every placement of batch norms in a two-conv branch, with even mixing and with a law, and
 * spends more time on the promising by successive halving (Jamieson and Talwalkar 2016): a round
 * keeps the best layouts of either law, and trains those longer.
 *
 * A run never goes on from a shorter round's: the learning rate falls to 0 along a cosine, so a
 * net of a shorter round has come to rest, and one cut off from a longer schedule has not been
 * annealed. Each round trains anew, with new seeds, on its whole schedule; that costs at most
 * factor / (factor − 1) of the time, and every error is one that `shakelab train` gives. Within a
 * round, an interrupted run goes on from its checkpoint, and finished ones are kept.
 */
export const searchStudy: Study<SearchTypes> = {
  name: 'search',
  usage: 'search',
  title: 'Where batch norms belong before a mix: a search over layouts',
  about:
    'Which places of batch norms in a residual branch suit shaking: every placement is trained with ' +
    'even mixing and with a law; each round keeps the best, and trains them longer.',
  options: searchOptions,
  enduresDivergence: true,
  reports: { after: 'batch' },
  stages: {
    plan: (settings) => ({ laws: ['even', settings.config.mixing], rounds: roundsOf(settings) }),
    start: roundStart,
    done: ({ summary: { rounds }, ...paths }) => ({
      kind: 'round-done',
      round: rounds[rounds.length - 1],
      ...paths,
    }),
  },

  settle: async (options) => searchSettings(options, await usualValidation(options)),
  repeats: repeatedOptions,
  runs: searchRuns,
  foreseen: foreseenRuns,
  settingsIn,
  analyse: summariseSearch,
  figures: async (...found) => (await import('./figures.ts')).drawSearchFigures(...found),
  page: async (...found) => (await import('./page.ts')).renderSearchReport(...found),
};

/**
 * Runs the search over placements of batch norms in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runSearch = (options: SearchOptions = {}): AsyncGenerator<SearchEvent> =>
  runStudy(searchStudy, options);

/** Which layouts reach the next round, and how much was trained before it. */
function roundStart(settings: SearchSettings, trained: readonly TrainedRun[]): RoundEvent {
  const { reached, finished } = progressOf(settings, trained);
  const { round, arms } = reached[reached.length - 1];
  const epochsBefore = finished.reduce(
    (sum, { outcomes, seeds, epochs }) => sum + outcomes.length * seeds.length * epochs,
    0,
  );
  return { kind: 'round-start', round, rounds: settings.rounds, arms, epochsBefore };
}
