import {
  type FinishedRound as Finished,
  type HalvingRound,
  halve,
  halvingRounds,
  type Progress,
  type ReachedRound,
  tallied,
} from '../halving.ts';
import type { StudyRun } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import { lawsOf, type Outcome, orderOutcomes } from './findings.ts';
import { type Placement, placements } from './placements.ts';
import type { SearchSettings } from './settings.ts';

/** A layout with a law, over all rounds. */
export interface Arm extends Placement {
  mixing: string;
}

/** One round of a search, before it is known which layouts reach it. */
export interface Round extends Omit<HalvingRound, 'size'> {
  /** Layouts that each law has in this round. */
  layouts: number;
}

/** A round that is trained to its end; the best outcomes first, law by law. */
export type FinishedRound = Finished<Round, Outcome>;

/** The rounds: each keeps one layout in `factor` of either law. */
export const roundsOf = ({ norms, rounds, factor, seeds, config }: SearchSettings): Round[] =>
  halvingRounds({
    ...{ size: placements(norms).length, rounds, factor, seeds, epochs: config.epochs },
  }).map(({ number, epochs, size, seeds }) => ({ number, epochs, layouts: size, seeds }));

/** How far a search is that has trained those runs. */
export const progressOf = (
  settings: SearchSettings,
  trained: readonly TrainedRun[],
): Progress<Round, Arm, Outcome> =>
  halve(
    {
      rounds: roundsOf(settings),
      arms: armsOf(settings),
      runsOf: (round) => runsOf(settings, round),
      judge: (arms, own) => orderOutcomes(arms.map((arm) => outcomeOf(arm, own))),
      survivors: (outcomes, { layouts }) =>
        survivorsOf(outcomes, Math.ceil(layouts / settings.factor)),
    },
    trained,
  );

/** The runs of the rounds whose layouts are known when those runs are trained. */
export const searchRuns = (settings: SearchSettings, trained: readonly TrainedRun[]): StudyRun[] =>
  progressOf(settings, trained).reached.flatMap((round) => runsOf(settings, round));

/** The runs of all rounds, in that order; the layouts that come first stand for those that will be best. */
export function foreseenRuns(settings: SearchSettings): StudyRun[] {
  const arms = armsOf(settings);
  return roundsOf(settings).flatMap((round) =>
    runsOf(settings, { round, arms: arms.slice(0, lawsOf(arms).length * round.layouts) }),
  );
}

/** `bn relu conv relu conv, even`. */
export const armTitle = ({ layout, mixing }: Pick<Arm, 'layout' | 'mixing'>): string =>
  `${layout}, ${mixing}`;

/** All layouts with even mixing, then all with the law. */
const armsOf = ({ norms, config }: SearchSettings): Arm[] =>
  ['even', config.mixing].flatMap((mixing) =>
    placements(norms).map((placement) => ({ ...placement, mixing })),
  );

/** The runs of the layouts that reach a round. */
function runsOf({ config }: SearchSettings, { round, arms }: ReachedRound<Round, Arm>): StudyRun[] {
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
  return { ...arm, ...tallied(own) };
}

/** The best layouts of either law. */
const survivorsOf = (outcomes: readonly Outcome[], layouts: number): Arm[] =>
  lawsOf(outcomes).flatMap((mixing) =>
    outcomes
      .filter((outcome) => outcome.mixing === mixing)
      .slice(0, layouts)
      .map(({ errors: _, diverged: __, atChance: ___, ...arm }) => arm),
  );

const folderWord = (text: string): string => text.replace(/[^\w.]+/g, '-');
