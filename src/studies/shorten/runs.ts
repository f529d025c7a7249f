import type { RunResult } from '../../runs/result.ts';
import { meanOf } from '../../statistics/estimate.ts';
import { type StudyRun, seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import {
  aloneRecipes,
  changedConfig,
  compatible,
  keyOf,
  type Recipe,
  titleOf,
  togetherRecipes,
} from './recipes.ts';
import type { ShortenSettings } from './settings.ts';

/** Of the recipes of a round so many go on: one of three, with twice as many seeds. */
const share = 3;

/** How many times as long the plain recipe is trained that the winner is held against. */
export const longer = 3;

/** A recipe with its errors on validation images, in percent, a trial each. */
export interface Tried {
  recipe: Recipe;
  errors: number[];
  /** Whether the nets of all of them stayed at chance. */
  guesses: boolean;
}

/** Recipes that are tried with the same seeds. */
interface Round {
  recipes: Recipe[];
  trials: number;
}

/** What is known of the trials: the rounds so far, and who won where all of them are trained. */
export interface Progress {
  rounds: Round[];
  tried: Tried[];
  winner: Recipe | null;
}

/** The results of a recipe's first trials, as far as they are trained. */
type Results = (recipe: Recipe, trials: number) => RunResult[];

/**
 * First the plain recipe and each change alone, then the changes that lowered its mean error together; then a
 * third of all of them at a time, with twice the seeds, until the one that is returned is left.
 *
 * @param resultsOf is asked of whole rounds alone
 */
function* roundsOf(settings: ShortenSettings, resultsOf: Results): Generator<Round, Recipe> {
  const { trials } = settings;
  const alone = aloneRecipes(settings);
  yield { recipes: alone, trials };
  const errorOf = (recipe: Recipe) => meanError(resultsOf(recipe, trials));
  const helped = alone.slice(1).filter((recipe) => errorOf(recipe) < errorOf([]));
  const together = togetherRecipes(compatible(settings, helped.flat(), errorOf));
  if (together.length > 0) yield { recipes: together, trials };
  let left = [...alone, ...together];
  for (let seeds = trials; left.length > 1; seeds *= 2) {
    left = bestOf(left, (recipe) => meanError(resultsOf(recipe, seeds)));
    if (left.length > 1) yield { recipes: left, trials: 2 * seeds };
  }
  return left[0];
}

/** The third of recipes with the lowest errors; of equal ones those that come first. */
const bestOf = (recipes: readonly Recipe[], errorOf: (recipe: Recipe) => number): Recipe[] =>
  recipes
    .toSorted((one, other) => errorOf(one) - errorOf(other))
    .slice(0, Math.ceil(recipes.length / share));

const meanError = (results: readonly RunResult[]): number =>
  meanOf(results.map(({ validationError }) => validationError!));

/** How far the trials have come. */
export function progressOf(settings: ShortenSettings, trained: readonly TrainedRun[]): Progress {
  const found = new Map(trained.map(({ run, result }) => [run.id, result]));
  const resultsOf: Results = (recipe, trials) =>
    seedsUpTo(trials).flatMap((trial) => found.get(trialId(recipe, trial)) ?? []);
  const isDone = ({ recipes, trials }: Round) =>
    recipes.every((recipe) => resultsOf(recipe, trials).length === trials);
  const rounds: Round[] = [];
  const coming = roundsOf(settings, resultsOf);
  let next = coming.next();
  for (; !next.done; next = coming.next()) {
    rounds.push(next.value);
    if (!isDone(next.value)) break;
  }
  return { rounds, tried: triedIn(rounds, resultsOf), winner: next.done ? next.value : null };
}

/** Every recipe once, with the errors of the last round that it reached. */
function triedIn(rounds: readonly Round[], resultsOf: Results): Tried[] {
  const last = rounds.flatMap(({ recipes, trials }) =>
    recipes.map((recipe): [string, Tried] => {
      const results = resultsOf(recipe, trials);
      const errors = results.map(({ validationError }) => validationError!);
      return [keyOf(recipe), { recipe, errors, guesses: results.every((one) => one.atChance) }];
    }),
  );
  return [...new Map(last).values()];
}

/** The runs that are known when those are trained: the trials so far, then those that confirm the winner. */
export function shortenRuns(settings: ShortenSettings, trained: readonly TrainedRun[]): StudyRun[] {
  const { rounds, winner } = progressOf(settings, trained);
  const trials = rounds.flatMap(({ recipes, trials }) =>
    recipes.flatMap((recipe) =>
      seedsUpTo(trials).map((trial) => trialRun(settings, recipe, trial)),
    ),
  );
  const once = new Map(trials.map((run) => [run.id, run]));
  return [...once.values(), ...(winner ? confirmingRuns(settings, winner) : [])];
}

const trialId = (recipe: Recipe, trial: number): string => `${keyOf(recipe)}.trial${trial}`;

/** A trial's seed differs from those of the runs that confirm. */
function trialRun(settings: ShortenSettings, recipe: Recipe, trial: number): StudyRun {
  const title = titleOf(settings, recipe);
  const seed = settings.seeds + trial;
  return {
    ...{ id: trialId(recipe, trial), model: title, title: `trial of ${title}, seed ${seed}` },
    config: atEnd({ ...changedConfig(settings, recipe), seed }),
  };
}

/** Who is held against whom in the end. */
export const confirmed = ['winner', 'plain', 'longer'] as const;

export type Confirmed = (typeof confirmed)[number];

export const confirmingId = (which: Confirmed, seed: number): string => `${which}.seed${seed}`;

/** The winner, the plain recipe, and this one for three times the epochs: on all images, with fresh seeds. */
function confirmingRuns(settings: ShortenSettings, winner: Recipe): StudyRun[] {
  const { config, seeds } = settings;
  const recipes = {
    ...(winner.length > 0 && { winner: changedConfig(settings, winner) }),
    ...{ plain: config, longer: { ...config, epochs: longer * config.epochs } },
  };
  return seedsUpTo(seeds).flatMap((seed) =>
    Object.entries(recipes).map(([which, own]) => ({
      ...{ id: confirmingId(which as Confirmed, seed), model: which },
      title: `${which}, seed ${seed}`,
      config: atEnd({ ...own, validation: 'none', seed }),
    })),
  );
}

/** Evaluated at its end alone, by which everything is decided. */
const atEnd = (config: StudyRun['config']): StudyRun['config'] => ({
  ...config,
  evaluateEvery: String(config.epochs),
});
