import { pairedDifference } from '../../statistics/difference.ts';
import { type Estimate, estimate } from '../../statistics/estimate.ts';
import { judgeFamily } from '../../statistics/family.ts';
import { errorOf, staysAtChance, type Tally } from '../halving.ts';
import { type Slot, slots } from './placements.ts';
import type { Arm } from './rounds.ts';

/** A layout with a law in one round: its error over the round's seeds. */
export interface Outcome extends Arm, Tally {}

/** Layouts alike in their law and in the distance from the last batch norm to the mix. */
export interface DistanceGroup {
  mixing: string;
  distance: Arm['distance'];
  /** Of the layouts' mean errors. */
  error: Estimate;
  /** Runs that diverged. */
  diverged: number;
}

/** What a batch norm in a place, or the first ReLU, adds to the error; below 0 it helps. */
export interface Effect {
  mixing: string;
  of: Slot | 'firstRelu';
  /** Of the differences over all pairs of layouts that differ in nothing else, in points. */
  difference: Estimate;
  /** Of the pairs, those of two layouts that both stay at chance, which say nothing. */
  atChance?: number;
  /** Judged as one of all effects of the search; absent from summaries of earlier versions. */
  adjusted?: number | null;
  simultaneous?: number | null;
  /** Whether it can be told from none; null where untested. */
  distinct?: boolean | null;
}

/** The distances in the order of figures and tables. */
export const distances = [0, 1, 2, null] as const satisfies Arm['distance'][];

/** The outcomes by their errors, the lowest first; of equal ones the simpler layout. */
export const ranked = (outcomes: readonly Outcome[]): Outcome[] =>
  [...outcomes].sort((a, b) => errorOf(a) - errorOf(b) || a.norms.length - b.norms.length);

/** The laws of the outcomes, in the order in which they appear. */
export const lawsOf = (outcomes: readonly Pick<Outcome, 'mixing'>[]): string[] => [
  ...new Set(outcomes.map(({ mixing }) => mixing)),
];

/** The outcomes of a round in order: for each law the best first. */
export const orderOutcomes = (outcomes: readonly Outcome[]): Outcome[] =>
  lawsOf(outcomes).flatMap((mixing) => ranked(outcomes.filter((own) => own.mixing === mixing)));

/** Errors by the distance from the last batch norm to the mix: the question of the paper's title. */
export function byDistance(outcomes: readonly Outcome[]): DistanceGroup[] {
  return lawsOf(outcomes).flatMap((mixing) =>
    distances.flatMap((distance) => {
      const own = outcomes.filter((o) => o.mixing === mixing && o.distance === distance);
      if (own.length === 0) return [];
      const diverged = own.reduce((sum, outcome) => sum + outcome.diverged, 0);
      return [{ mixing, distance, error: estimate(own.map(errorOf)), diverged }];
    }),
  );
}

/**
 * The marginal effect of each place: the mean, over all pairs of layouts that differ in that place
 * alone, of the error with a batch norm there less the error without, with the Student interval
 * over the pairs. The effects of all places under all laws are one family.
 */
export function marginalEffects(outcomes: readonly Outcome[]): Effect[] {
  const found = lawsOf(outcomes).flatMap((mixing) => {
    const own = outcomes.filter((outcome) => outcome.mixing === mixing);
    return ([...slots, 'firstRelu'] as const).flatMap((of) => {
      const pairs = pairsOf(own, of);
      const differences = pairs.map(([having, without]) => errorOf(having) - errorOf(without));
      const atChance = pairs.filter((pair) => pair.every(staysAtChance)).length;
      return pairs.length === 0 ? [] : [{ mixing, of, differences, atChance }];
    });
  });
  const judged = judgeFamily(
    found.map(({ differences }) =>
      pairedDifference(
        differences,
        differences.map(() => 0),
      ),
    ),
  );
  return found.map(({ mixing, of, differences, atChance }, place) => {
    const { adjusted, simultaneous, distinct } = judged[place];
    const difference = estimate(differences);
    return { mixing, of, difference, atChance, adjusted, simultaneous, distinct };
  });
}

/** The pairs of layouts that differ in a trait alone, the one that has it first. */
function pairsOf(outcomes: readonly Outcome[], of: Effect['of']): [Outcome, Outcome][] {
  const traits = outcomes.map((outcome) => ({ outcome, own: traitsOf(outcome) }));
  return traits.flatMap(({ outcome, own }) => {
    if (!own.has(of)) return [];
    const without = traits.find((other) => differsOnlyIn(of, own, other.own));
    return without ? [[outcome, without.outcome]] : [];
  });
}

const traitsOf = ({ norms, firstRelu }: Outcome): Set<Effect['of']> =>
  new Set([...norms, ...(firstRelu ? (['firstRelu'] as const) : [])]);

function differsOnlyIn(
  trait: Effect['of'],
  having: ReadonlySet<Effect['of']>,
  other: ReadonlySet<Effect['of']>,
): boolean {
  const rest = [...having].filter((own) => own !== trait);
  return other.size === rest.length && rest.every((own) => other.has(own));
}
