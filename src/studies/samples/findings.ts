import { estimate } from '../../statistics/estimate.ts';
import { contrastValues } from '../contrast.ts';
import { judgeContrasts } from '../family.ts';
import { seedsUpTo } from '../study.ts';
import type { TrainedRun } from '../trained.ts';
import { crossing } from './crossing.ts';
import { bestSetting, type Cell, cellsOf, testedId, triedSettings } from './runs.ts';
import type { SamplesSettings } from './settings.ts';
import type { CellOutcome, SamplesFindings } from './summary.ts';

/** What the sizes that are trained to their end tell. */
export function samplesFindings(
  settings: SamplesSettings,
  trained: readonly TrainedRun[],
): SamplesFindings {
  const cells = settings.sizes.flatMap((size) => outcomesOf(settings, size, trained));
  const [base, ...others] = settings.recipes;
  const pairs = others.map((recipe): [string, string] => [recipe, base]);
  const shaken = settings.recipes.find((recipe) => recipe === 'shaken');
  const rivals = shaken ? settings.recipes.filter((other) => ![shaken, base].includes(other)) : [];
  return {
    cells,
    effects: contrastsOf(cells, pairs),
    rivals: contrastsOf(
      cells,
      rivals.map((rival) => [shaken!, rival]),
    ),
    crossings: settings.layouts.flatMap((layout) =>
      pairs.map((pair) => ({ layout, recipe: pair[0], ...crossingOf(cells, layout, pair) })),
    ),
  };
}

/** The cells of a size whose runs are all trained; else none, so that figures compare like with like. */
function outcomesOf(
  settings: SamplesSettings,
  size: number,
  trained: readonly TrainedRun[],
): CellOutcome[] {
  const outcomes = cellsOf(settings, size).map((cell) => outcomeOf(settings, cell, trained));
  return outcomes.every((outcome) => outcome !== null) ? outcomes : [];
}

function outcomeOf(
  settings: SamplesSettings,
  cell: Cell,
  trained: readonly TrainedRun[],
): CellOutcome | null {
  const seeds = seedsUpTo(settings.seeds);
  const ids = seeds.map((seed) => testedId(cell, seed));
  const own = ids.flatMap((id) => trained.filter(({ run }) => run.id === id));
  if (own.length < seeds.length) return null;
  const tried = triedSettings(settings, cell, trained);
  const errors = own.map(({ result }) => result.testError);
  const chosen = { ...bestSetting(tried), epochs: own[0].run.config.epochs };
  const atChance = own.filter(({ result }) => result.atChance).length;
  return { ...cell, chosen, tried, errors, error: estimate(errors), atChance };
}

/** The differences of pairs of recipes at every size with every layout, judged as one family. */
function contrastsOf(
  cells: readonly CellOutcome[],
  pairs: readonly (readonly [string, string])[],
): SamplesFindings['effects'] {
  const found = pairs.flatMap(([recipe, against]) =>
    cells
      .filter((cell) => cell.recipe === recipe)
      .map((left) => ({ left, right: cellLike(cells, left, against)! })),
  );
  const judged = judgeContrasts(found.map(({ left, right }) => contrastOf(left, right)));
  return found.map(({ left: { size, layout, recipe }, right }, place) => ({
    ...{ size, layout, recipe, against: right.recipe },
    contrast: judged[place],
  }));
}

function contrastOf(left: CellOutcome, right: CellOutcome) {
  const held = contrastValues(bySeed(left), bySeed(right));
  const guesses = [left, right].some(({ atChance, errors }) => atChance === errors.length);
  return guesses ? { ...held, unjudged: 'at chance' as const } : held;
}

function crossingOf(
  cells: readonly CellOutcome[],
  layout: string,
  [recipe, against]: readonly [string, string],
) {
  const own = cells.filter((cell) => cell.layout === layout && cell.recipe === recipe);
  const differences = own.map((left) => {
    const right = cellLike(cells, left, against)!;
    return left.errors.map((error, seed) => error - right.errors[seed]);
  });
  return crossing(
    own.map(({ size }) => size),
    differences,
  );
}

/** The cell of the same size and layout with another recipe. */
const cellLike = (cells: readonly CellOutcome[], { size, layout }: Cell, recipe: string) =>
  cells.find((cell) => cell.size === size && cell.layout === layout && cell.recipe === recipe);

const bySeed = ({ errors }: CellOutcome): Map<number, number> =>
  new Map(errors.map((error, index) => [index + 1, error]));
