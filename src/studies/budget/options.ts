import { type ConfigKey, configKeys } from '../../runs/fields.ts';
import {
  configOptions,
  count,
  dataFolder,
  outOption,
  type StudyHooks,
  text,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** What the study itself varies, or decides. */
const own = [
  ...['layout', 'epochs', 'seed', 'evaluateEvery', 'patience', 'validation', 'fold'],
] as const satisfies ConfigKey[];

/** Settings that all of its runs have in common. */
export const commonKeys = configKeys.filter(
  (key): key is Exclude<ConfigKey, (typeof own)[number]> => !own.some((other) => other === key),
);

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
  configFile: text('config', 'file', 'take settings from a JSON file; flags override it'),
  out: outOption(standards.out),
  ...workOptions,
};

/** Lists are texts with commas between their entries. */
export type BudgetOptions = ValuesOf<typeof budgetOptions> & StudyHooks;
