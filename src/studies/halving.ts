import { meanOf } from '../statistics/estimate.ts';
import { plural } from '../text/text.ts';
import { hasDiverged } from './divergence.ts';
import { type StudyRun, seedsUpTo } from './study.ts';
import type { TrainedRun } from './trained.ts';

/** One round of successive halving, before it is known what reaches it. */
export interface HalvingRound {
  /** From 1. */
  number: number;
  epochs: number;
  /** Of what is tried, how many reach it. */
  size: number;
  seeds: number[];
}

/** How a search halves. */
export interface Halving {
  /** How many begin. */
  size: number;
  rounds: number;
  /** A round keeps one in so many, and trains it so many times as long. */
  factor: number;
  /** Of each in each round. */
  seeds: number;
  /** Of a run of the first round. */
  epochs: number;
}

/** The rounds: each keeps one in `factor`, rounded up, and trains `factor` times as long, with new seeds. */
export function halvingRounds({ size, rounds, factor, seeds, epochs }: Halving): HalvingRound[] {
  const sizes = [size];
  while (sizes.length < rounds) sizes.push(Math.ceil(sizes[sizes.length - 1] / factor));
  return sizes.map((own, index) => ({
    number: index + 1,
    epochs: epochs * factor ** index,
    size: own,
    seeds: seedsUpTo(seeds).map((seed) => seed + index * seeds),
  }));
}

/** A round with what reaches it. */
export interface ReachedRound<Round, Arm> {
  round: Round;
  arms: Arm[];
}

/** A round that is trained to its end, the best outcomes first; `seconds` of training, all runs together. */
export type FinishedRound<Round, Outcome> = Round & { outcomes: Outcome[]; seconds: number };

/** How far a search is. */
export interface Progress<Round, Arm, Outcome> {
  /** The rounds of which it is known what reaches them; the last of them may not be trained yet. */
  reached: ReachedRound<Round, Arm>[];
  finished: FinishedRound<Round, Outcome>[];
}

/** What is tried, how it is trained and judged, and what goes on. */
export interface HalvingRules<Round, Arm, Outcome> {
  rounds: readonly Round[];
  arms: readonly Arm[];
  runsOf(reached: ReachedRound<Round, Arm>): StudyRun[];
  /** The best first. */
  judge(arms: readonly Arm[], trained: readonly TrainedRun[]): Outcome[];
  /** What reaches the next round. */
  survivors(outcomes: readonly Outcome[], round: Round): Arm[];
}

/** How far a search is that has trained those runs. */
export function halve<Round, Arm, Outcome>(
  { rounds, runsOf, judge, survivors, ...rules }: HalvingRules<Round, Arm, Outcome>,
  trained: readonly TrainedRun[],
): Progress<Round, Arm, Outcome> {
  const progress: Progress<Round, Arm, Outcome> = { reached: [], finished: [] };
  let arms = [...rules.arms];
  for (const round of rounds) {
    progress.reached.push({ round, arms });
    const ids = new Set(runsOf({ round, arms }).map(({ id }) => id));
    const own = trained.filter(({ run }) => ids.has(run.id));
    if (own.length < ids.size) break;
    const outcomes = judge(arms, own);
    const seconds = own.reduce((sum, { result }) => sum + result.seconds, 0);
    progress.finished.push({ ...round, outcomes, seconds });
    arms = survivors(outcomes, round);
  }
  return progress;
}

/** `18 × 1 epoch, then 6 × 3 epochs; 2 seeds each, new ones every round`. */
export function roundsInWords(
  planned: readonly (readonly [size: number, epochs: number])[],
  finished: number,
  seeds: number,
): string {
  const schedule = planned.map(([size, epochs]) => `${size} × ${plural(epochs, 'epoch')}`);
  const left = planned.length - finished;
  const more = left > 0 ? `; ${plural(left, 'round')} still to come` : '';
  return `${schedule.join(', then ')}; ${plural(seeds, 'seed')} each, new ones every round${more}`;
}

/** What the runs of one candidate in a round tell. */
export interface Tally {
  /** Validation error in percent of each seed, or test error without validation; the share of guessing for one that diverged. */
  errors: number[];
  /** Seeds whose loss was no longer finite. */
  diverged: number;
  /** Seeds whose net stayed at chance, diverged ones among them; absent from older summaries of layouts. */
  atChance?: number;
}

/** The mean error of an outcome's seeds. */
export const errorOf = ({ errors }: Pick<Tally, 'errors'>): number => meanOf(errors);

/** Whether none of an outcome's seeds learned anything. */
export const staysAtChance = ({ errors, atChance = 0 }: Tally): boolean =>
  atChance === errors.length;

/** The tally of those runs. */
export const tallied = (own: readonly TrainedRun[]) => ({
  errors: own.map(({ result }) => result.validationError ?? result.testError),
  diverged: own.filter(({ result }) => hasDiverged(result)).length,
  atChance: own.filter(({ result }) => result.atChance).length,
});
