import { option, RequestError } from '../../errors.ts';
import type { HalvingRound } from '../halving.ts';
import type { StudyPlan } from '../plan.ts';
import { originOf } from '../summarise.ts';
import type { Summary } from '../summary.ts';
import type { TrainedRun } from '../trained.ts';
import { importances, type SettingImportance } from './findings.ts';
import { type FinishedRound, progressOf, roundsOf } from './rounds.ts';
import { settingsIn, type TuningSettings } from './settings.ts';

type Shared = Pick<
  Summary,
  'title' | 'about' | 'dataset' | 'command' | 'threads' | 'finishedAt' | 'code' | 'machine'
>;

/** What a search over settings found; errors in percent, times in seconds. */
export interface TuningSummary extends Shared {
  /** Images trained on, chosen by and left to test on. */
  data: Summary['data'] & { train: number; validation: number; test: number };
  settings: TuningSettings;
  /** All rounds as planned. */
  planned: HalvingRound[];
  /** Those that are trained. */
  rounds: FinishedRound[];
  /** Of the first round, which trains every candidate alike; the most important setting first. */
  importance: SettingImportance[];
  /** Of training, all runs together. */
  seconds: number;
}

/**
 * The summary of the rounds that are trained.
 *
 * @throws RequestError where the first is not
 */
export async function summariseTuning(
  plan: StudyPlan,
  trained: readonly TrainedRun[],
): Promise<TuningSummary> {
  const settings = settingsIn(plan);
  const { title, about, dataset, data, command, threads } = plan;
  const { train, validation = 0, test } = trained[0].record.data;
  const { finished } = progressOf(settings, trained);
  const [first] = finished;
  if (!first)
    throw new RequestError(
      `${option('out')} ${settings.out}: no round of the search is trained yet; go on with it: ${command}`,
    );
  return {
    ...{ title, about, dataset, data: { ...data, train, validation, test }, settings },
    planned: roundsOf(settings),
    rounds: finished,
    importance: importances(first.outcomes, settings.space),
    ...{ command, threads, finishedAt: new Date().toISOString() },
    seconds: finished.reduce((sum, { seconds }) => sum + seconds, 0),
    ...originOf(trained),
  };
}
