import { option, RequestError } from '../../errors.ts';
import type { StudyPlan } from '../plan.ts';
import { originOf } from '../summarise.ts';
import type { Summary } from '../summary.ts';
import type { TrainedRun } from '../trained.ts';
import { byDistance, type DistanceGroup, type Effect, marginalEffects } from './findings.ts';
import { type FinishedRound, progressOf, type Round, roundsOf } from './rounds.ts';
import { type SearchSettings, settingsIn } from './settings.ts';

/** What a search found; errors in percent, times in seconds. */
export interface SearchSummary
  extends Pick<
    Summary,
    'title' | 'dataset' | 'command' | 'threads' | 'finishedAt' | 'seconds' | 'code' | 'machine'
  > {
  data: {
    title: string;
    source: string;
    shape: number[];
    train: number;
    validation?: number;
    test: number;
  };
  settings: SearchSettings;
  /** All rounds as planned. */
  planned: Round[];
  /** Those that are trained. */
  rounds: FinishedRound[];
  /** Of the first round, which trains every layout alike. */
  distances: DistanceGroup[];
  effects: Effect[];
}

/**
 * The summary of the rounds that are trained.
 *
 * @throws RequestError where the first is not
 */
export async function summariseSearch(
  plan: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<SearchSummary> {
  const settings = settingsIn(plan);
  const { title, dataset, data, command, threads } = plan;
  const { train, validation, test } = trained[0].record.data;
  const { finished } = progressOf(settings, trained);
  const [first] = finished;
  if (!first) {
    throw new RequestError(
      `${option('out')} ${settings.out}: no round of the search is trained yet; go on with it: ${command}`,
    );
  }
  return {
    ...{
      title,
      dataset,
      data: { ...data, train, ...(validation && { validation }), test },
      settings,
    },
    planned: roundsOf(settings),
    rounds: finished,
    distances: byDistance(first.outcomes),
    effects: marginalEffects(first.outcomes),
    ...{ command, threads, finishedAt: new Date().toISOString() },
    seconds: finished.reduce((sum, { seconds }) => sum + seconds, 0),
    ...originOf(trained),
  };
}
