import type { RunConfig } from '../../runs/fields.ts';
import {
  errorOf,
  type FinishedRound as Finished,
  type HalvingRound,
  halve,
  halvingRounds,
  type Progress,
  type ReachedRound,
  type Tally,
  tallied,
} from '../halving.ts';
import type { StudyRun } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import type { TuningSettings } from './settings.ts';
import { type Choice, choicesOf, choiceTitle } from './space.ts';

/** Settings that are tried. */
export interface Candidate {
  /** Its place among all combinations that are tried, from 1. */
  number: number;
  choice: Choice;
}

/** A candidate in one round. */
export interface Outcome extends Candidate, Tally {
  atChance: number;
}

/** A round that is trained to its end; the best outcomes first. */
export type FinishedRound = Finished<HalvingRound, Outcome>;

/** All rounds as planned. */
export const roundsOf = ({ space, draw, config, ...halving }: TuningSettings): HalvingRound[] =>
  halvingRounds({ ...halving, size: choicesOf(space, config, draw).length, epochs: config.epochs });

/** How far a search is that has trained those runs. */
export const progressOf = (
  settings: TuningSettings,
  trained: readonly TrainedRun[],
): Progress<HalvingRound, Candidate, Outcome> =>
  halve(
    {
      rounds: roundsOf(settings),
      arms: candidatesOf(settings),
      runsOf: (round) => runsOf(settings, round),
      judge: (candidates, own) => candidates.map((one) => outcomeOf(one, own)).sort(byError),
      survivors: (outcomes, { size }) =>
        outcomes
          .slice(0, Math.ceil(size / settings.factor))
          .map(({ number, choice }) => ({ number, choice })),
    },
    trained,
  );

/** The runs of the rounds whose candidates are known when those runs are trained. */
export const tuningRuns = (settings: TuningSettings, trained: readonly TrainedRun[]): StudyRun[] =>
  progressOf(settings, trained).reached.flatMap((round) => runsOf(settings, round));

/** The runs of all rounds, in that order; the candidates that come first stand for those that will be best. */
export function foreseenRuns(settings: TuningSettings): StudyRun[] {
  const candidates = candidatesOf(settings);
  return roundsOf(settings).flatMap((round) =>
    runsOf(settings, { round, arms: candidates.slice(0, round.size) }),
  );
}

const candidatesOf = ({ space, config, draw }: TuningSettings): Candidate[] =>
  choicesOf(space, config, draw).map((choice, place) => ({ number: place + 1, choice }));

/** The config of a candidate's run. */
export const configOf = (config: RunConfig, { choice }: Candidate): RunConfig =>
  ({ ...config, ...choice }) as RunConfig;

function runsOf(
  { config }: TuningSettings,
  { round, arms }: ReachedRound<HalvingRound, Candidate>,
): StudyRun[] {
  const { number, epochs, seeds } = round;
  return arms.flatMap((candidate) =>
    seeds.map((seed) => ({
      id: runId(number, candidate, seed),
      model: choiceTitle(candidate.choice),
      title: `round ${number}: ${choiceTitle(candidate.choice)}, seed ${seed}`,
      config: { ...configOf(config, candidate), epochs, seed },
    })),
  );
}

const runId = (round: number, { number }: Candidate, seed: number): string =>
  `round${round}.candidate${number}.seed${seed}`;

function outcomeOf(candidate: Candidate, trained: readonly TrainedRun[]): Outcome {
  const own = trained.filter(({ run }) => run.id.includes(`.candidate${candidate.number}.`));
  return { ...candidate, ...tallied(own) };
}

/** The lowest error first; of equal ones the combination that was named first. */
const byError = (one: Outcome, other: Outcome): number =>
  errorOf(one) - errorOf(other) || one.number - other.number;
