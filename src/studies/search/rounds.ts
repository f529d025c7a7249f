import { hasDiverged } from '../divergence.ts';
import { type StudyRun, seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import { lawsOf, type Outcome, orderOutcomes } from './findings.ts';
import { type Placement, placements } from './placements.ts';
import type { SearchSettings } from './settings.ts';

/** A layout with a law, over all rounds. */
export interface Arm extends Placement {
  mixing: string;
}

/** One round of a search, before it is known which layouts reach it. */
export interface Round {
  /** From 1. */
  number: number;
  epochs: number;
  /** Layouts that each law has in this round. */
  layouts: number;
  seeds: number[];
}

/** A round that is trained to its end. */
export interface FinishedRound extends Round {
  /** The best first, law by law. */
  outcomes: Outcome[];
  /** Of training, all runs together. */
  seconds: number;
}

/** A round with the layouts that reach it. */
export interface ReachedRound {
  round: Round;
  arms: Arm[];
}

/** The rounds: each keeps one layout in `factor`, rounded up, and trains `factor` times as long. */
export function roundsOf({ norms, rounds, factor, seeds, config }: SearchSettings): Round[] {
  const counts = [placements(norms).length];
  while (counts.length < rounds) counts.push(Math.ceil(counts[counts.length - 1] / factor));
  return counts.map((layouts, index) => ({
    number: index + 1,
    epochs: config.epochs * factor ** index,
    layouts,
    seeds: seedsUpTo(seeds).map((seed) => seed + index * seeds),
  }));
}

/** How far a search is. */
export interface Progress {
  /** The rounds whose layouts are known; the last of them may not be trained yet. */
  reached: ReachedRound[];
  finished: FinishedRound[];
}

/** How far a search is that has trained those runs. */
export function progressOf(settings: SearchSettings, trained: readonly TrainedRun[]): Progress {
  const progress: Progress = { reached: [], finished: [] };
  let arms = armsOf(settings);
  for (const round of roundsOf(settings)) {
    progress.reached.push({ round, arms });
    const runs = runsOf(settings, { round, arms });
    const own = trained.filter(({ run }) => runs.some(({ id }) => id === run.id));
    if (own.length < runs.length) break;
    const outcomes = orderOutcomes(arms.map((arm) => outcomeOf(arm, own)));
    progress.finished.push({ ...round, outcomes, seconds: secondsOf(own) });
    arms = survivorsOf(outcomes, Math.ceil(round.layouts / settings.factor));
  }
  return progress;
}

/** The runs of the rounds whose layouts are known when those runs are trained. */
export const searchRuns = (settings: SearchSettings, trained: readonly TrainedRun[]): StudyRun[] =>
  progressOf(settings, trained).reached.flatMap((round) => runsOf(settings, round));

/** `bn relu conv relu conv, even`. */
export const armTitle = ({ layout, mixing }: Pick<Arm, 'layout' | 'mixing'>): string =>
  `${layout}, ${mixing}`;

/** All layouts with even mixing, then all with the law. */
const armsOf = ({ norms, config }: SearchSettings): Arm[] =>
  ['even', config.mixing].flatMap((mixing) =>
    placements(norms).map((placement) => ({ ...placement, mixing })),
  );

/** The runs of the layouts that reach a round. */
function runsOf({ config }: SearchSettings, { round, arms }: ReachedRound): StudyRun[] {
  const { number, epochs, seeds } = round;
  return arms.flatMap(({ layout, mixing }) =>
    seeds.map((seed) => ({
      id: `round${number}.${folderWord(layout)}.${folderWord(mixing)}.seed${seed}`,
      model: armTitle({ layout, mixing }),
      title: `round ${number}: ${armTitle({ layout, mixing })}, seed ${seed}`,
      config: { ...config, layout, mixing, epochs, seed },
    })),
  );
}

function outcomeOf(arm: Arm, trained: readonly TrainedRun[]): Outcome {
  const own = trained.filter(
    ({ run: { config } }) => config.layout === arm.layout && config.mixing === arm.mixing,
  );
  return {
    ...arm,
    errors: own.map(({ result }) => result.validationError ?? result.testError),
    diverged: own.filter(({ result }) => hasDiverged(result)).length,
    atChance: own.filter(({ result }) => result.atChance).length,
  };
}

/** The best layouts of either law. */
const survivorsOf = (outcomes: readonly Outcome[], layouts: number): Arm[] =>
  lawsOf(outcomes).flatMap((mixing) =>
    outcomes
      .filter((outcome) => outcome.mixing === mixing)
      .slice(0, layouts)
      .map(({ errors: _, diverged: __, atChance: ___, ...arm }) => arm),
  );

const secondsOf = (trained: readonly TrainedRun[]): number =>
  trained.reduce((sum, { result }) => sum + result.seconds, 0);

const folderWord = (text: string): string => text.replace(/[^\w.]+/g, '-');
