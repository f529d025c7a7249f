import { curvesOf, outcomeOf, pointsAt } from '../curves/findings.ts';
import type { Point } from '../curves/summary.ts';
import { seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import { bestSetting, testedId, triedSettings } from './runs.ts';
import type { SamplesSettings } from './settings.ts';
import type { SamplesFindings, SamplesOutcome } from './summary.ts';

/** What the sizes that are trained to their end tell. */
export function samplesFindings(
  settings: SamplesSettings,
  trained: readonly TrainedRun[],
): SamplesFindings {
  const outcomes = settings.sizes.flatMap((size) => outcomesOf(settings, size, trained));
  return { outcomes, ...curvesOf(outcomes, settings, trained[0].record.data.test) };
}

/** The outcomes of a size whose runs are all trained; else none, so that like is held against like. */
function outcomesOf(
  settings: SamplesSettings,
  size: number,
  trained: readonly TrainedRun[],
): SamplesOutcome[] {
  const outcomes = pointsAt(settings, size).map((point) => withChoice(settings, point, trained));
  return outcomes.every((outcome) => outcome !== null) ? outcomes : [];
}

function withChoice(
  settings: SamplesSettings,
  point: Point,
  trained: readonly TrainedRun[],
): SamplesOutcome | null {
  const ids = seedsUpTo(settings.seeds).map((seed) => testedId(point, seed));
  const outcome = outcomeOf(point, ids, trained);
  if (!outcome) return null;
  const tried = triedSettings(settings, point, trained);
  const { epochs } = trained.find(({ run }) => run.id === ids[0])!.run.config;
  return { ...outcome, tried, chosen: { ...bestSetting(tried), epochs } };
}
