import { estimate } from '../../statistics/estimate.ts';
import { contrastErrors } from '../contrast.ts';
import { judgeContrasts } from '../family.ts';
import type { TrainedRun } from '../trained.ts';
import { crossing } from './crossing.ts';
import type { Curves, Outcome, Point } from './summary.ts';

/** Layouts and recipes, all with all. */
interface Arms {
  layouts: readonly string[];
  /** The first is what the others are held against. */
  recipes: readonly string[];
}

/** Every layout with every recipe at one point. */
export const pointsAt = ({ layouts, recipes }: Arms, at: number): Point[] =>
  layouts.flatMap((layout) => recipes.map((recipe) => ({ at, layout, recipe })));

/** What the folders of a point's runs begin with. */
export const pointName = ({ at, layout, recipe }: Point): string =>
  `${at}.${layout.replace(/[^\w.=]+/g, '-')}.${recipe}`;

/** The test errors of a point by the names of its runs; null where one is not trained yet. */
export function outcomeOf(
  point: Point,
  ids: readonly string[],
  trained: readonly TrainedRun[],
): Outcome | null {
  const own = ids.flatMap((id) => trained.filter(({ run }) => run.id === id));
  if (own.length < ids.length) return null;
  const errors = own.map(({ result }) => result.testError);
  const atChance = own.filter(({ result }) => result.atChance).length;
  return { ...point, errors, error: estimate(errors), atChance };
}

/**
 * What curves tell of one another: the effect of every recipe, shaking's rivals, where curves cross.
 *
 * @param images that all nets are tested on
 */
export function curvesOf(
  outcomes: readonly Outcome[],
  { layouts, recipes }: Arms,
  images: number,
): Curves {
  const [base, ...others] = recipes;
  const pairs = others.map((recipe) => [recipe, base] as const);
  const shaken = others.find((recipe) => recipe === 'shaken');
  const rivals = shaken ? others.filter((other) => other !== shaken) : [];
  return {
    effects: effectsOf(outcomes, pairs, images),
    rivals: effectsOf(
      outcomes,
      rivals.map((rival) => [shaken!, rival] as const),
      images,
    ),
    crossings: layouts.flatMap((layout) =>
      pairs.flatMap((pair) => {
        const found = crossingOf(outcomes, layout, pair);
        return found ? [{ layout, recipe: pair[0], ...found }] : [];
      }),
    ),
  };
}

/** The differences of pairs of recipes at every point with every layout, judged as one family. */
function effectsOf(
  outcomes: readonly Outcome[],
  pairs: readonly (readonly [string, string])[],
  images: number,
): Curves['effects'] {
  const found = pairs.flatMap(([recipe, against]) =>
    outcomes
      .filter((outcome) => outcome.recipe === recipe)
      .map((left) => ({ left, right: likewise(outcomes, left, against) })),
  );
  const judged = judgeContrasts(found.map(({ left, right }) => contrastOf(left, right, images)));
  return found.map(({ left: { at, layout, recipe }, right }, place) => ({
    ...{ at, layout, recipe, against: right.recipe },
    contrast: judged[place],
  }));
}

function contrastOf(left: Outcome, right: Outcome, images: number) {
  const held = contrastErrors(left.errors, right.errors, images);
  return guesses(left) || guesses(right) ? { ...held, unjudged: 'at chance' as const } : held;
}

/** Whether the nets of all its seeds stayed at chance. */
const guesses = ({ atChance, errors }: Outcome): boolean => atChance === errors.length;

/** Where nets learned something: those that guess have differences of either sign. Null of fewer than two points. */
function crossingOf(
  outcomes: readonly Outcome[],
  layout: string,
  [recipe, against]: readonly [string, string],
) {
  const pairs = outcomes
    .filter((one) => one.layout === layout && one.recipe === recipe)
    .map((left) => ({ left, right: likewise(outcomes, left, against) }))
    .filter(({ left, right }) => !guesses(left) && !guesses(right));
  if (pairs.length < 2) return null;
  return crossing(
    pairs.map(({ left }) => left.at),
    pairs.map(({ left, right }) => left.errors.map((error, seed) => error - right.errors[seed])),
  );
}

/** The outcome at the same point with the same layout and another recipe. */
const likewise = (outcomes: readonly Outcome[], { at, layout }: Point, recipe: string): Outcome =>
  outcomes.find((one) => one.at === at && one.layout === layout && one.recipe === recipe)!;
