import { holm } from '../../statistics/family.ts';
import { type Importance, importance } from '../../statistics/importance.ts';
import { errorOf, staysAtChance } from '../halving.ts';
import type { Outcome } from './rounds.ts';
import type { Space, Value, VariedKey } from './space.ts';

/** What a setting has to do with the error, over all runs of the first round. */
export interface SettingImportance {
  setting: VariedKey;
  /** Of the errors of all runs; null where they do not vary. */
  all: Importance | null;
  /** The probability of `all`, adjusted for the family of all settings. */
  adjusted: number | null;
  /** The same among those that learn; null where all learn, or too few. */
  learning: Importance | null;
  /** The candidates with each value, in the order in which the values were named. */
  values: { value: Value; candidates: number; error: number | null; atChance: number }[];
}

/**
 * The settings, the most important first; their permutation tests are one family, corrected by Holm.
 *
 * The seeds of a candidate share what its other settings do. In a full grid every value of a setting meets all
 * of these alike, and a setting varied alone has none beside it; else a candidate's runs are relabelled together.
 */
export function importances(outcomes: readonly Outcome[], space: Space): SettingImportance[] {
  const alone = Object.keys(space).length === 1;
  const together = (some: readonly Outcome[]) => !alone && some.length < combinationsIn(space);
  const found = Object.entries(space).map(([key, values]) =>
    settingImportance(outcomes, key as VariedKey, values, together),
  );
  const adjusted = holm(found.map(({ all }) => all?.probability ?? null));
  return found
    .map((one, place) => ({ ...one, adjusted: adjusted[place] }))
    .sort((one, other) => explainedBy(other) - explainedBy(one));
}

/** How many combinations a full grid has. */
export const combinationsIn = (space: Space): number =>
  Object.values(space).reduce((product, { length }) => product * length, 1);

const explainedBy = ({ all }: Pick<SettingImportance, 'all'>): number => all?.explained ?? 0;

function settingImportance(
  outcomes: readonly Outcome[],
  setting: VariedKey,
  values: readonly Value[],
  together: (some: readonly Outcome[]) => boolean,
): Omit<SettingImportance, 'adjusted'> {
  const learning = outcomes.filter((outcome) => !staysAtChance(outcome));
  const of = (some: readonly Outcome[]) => {
    const perRun = (labelOf: (outcome: Outcome) => number) =>
      some.flatMap((outcome) => outcome.errors.map(() => labelOf(outcome)));
    return importance(
      some.flatMap(({ errors }) => errors),
      perRun(({ choice }) => values.indexOf(choice[setting]!)),
      together(some) ? perRun(({ number }) => number) : undefined,
    );
  };
  const ofLearning = learning.length < outcomes.length ? of(learning) : null;
  return {
    setting,
    all: of(outcomes),
    learning: ofLearning?.corrected == null ? null : ofLearning,
    values: values.map((value) => candidatesWith(outcomes, setting, value)),
  };
}

function candidatesWith(outcomes: readonly Outcome[], setting: VariedKey, value: Value) {
  const own = outcomes.filter(({ choice }) => choice[setting] === value);
  const sum = own.reduce((total, outcome) => total + errorOf(outcome), 0);
  const error = own.length === 0 ? null : sum / own.length;
  return { value, candidates: own.length, error, atChance: own.filter(staysAtChance).length };
}
