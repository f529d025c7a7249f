import {
  configFile,
  configOptions,
  count,
  dataFolder,
  keysBut,
  outOption,
  type StudyHooks,
  text,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** Settings that all of its runs have in common: those that the study neither varies nor decides. */
export const commonKeys = keysBut([
  ...(['layout', 'epochs', 'seed', 'evaluateEvery', 'patience', 'validation', 'fold'] as const),
]);

/** What stands where an option is left out. */
export const standards = {
  budgets: '5,10,20,40',
  layouts: 'preact-bn',
  recipes: 'plain,shaken',
  seeds: 3,
  out: 'runs/study-budget',
};

export const budgetOptions = {
  budgets: text(
    'budgets',
    'epochs',
    'epochs of training, each a run of its own',
    standards.budgets,
  ),
  layouts: text('layouts', 'layouts', 'layouts of the branches', standards.layouts),
  recipes: text('recipes', 'recipes', 'ways to regularise, each alone', standards.recipes),
  seeds: count('seeds', 'count', 'seeds of every budget', 5, '3'),
  dataFolder,
  ...configOptions(commonKeys),
  configFile,
  out: outOption(standards.out),
  ...workOptions,
};

/**
 * Lists are texts with commas between their entries: `budgets` is `5,10,20,40`, in epochs. Left out, those of the
 * command's help hold; all others are those of a run.
 */
export type BudgetStudyOptions = ValuesOf<typeof budgetOptions> & StudyHooks;
