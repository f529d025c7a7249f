import { z } from 'zod';
import { parseConfig } from '../../runs/config.ts';
import { runConfigSchema } from '../../runs/schema.ts';
import { namedSettings } from '../commands.ts';
import { isCount, layoutsIn, numbersIn, recipesIn } from '../curves/lists.ts';
import { configIn } from '../options.ts';
import type { StudyPlan } from '../plan.ts';
import { seedsUpTo } from '../study.ts';
import { type BudgetStudyOptions, commonKeys, standards } from './options.ts';

const settingsSchema = z.object({
  out: z.string(),
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: z.string(),
  /** Epochs, rising. */
  budgets: z.array(z.int()),
  layouts: z.array(z.string()),
  /** Each as `parseRecipe` reads it; the first is what the others are held against. */
  recipes: z.array(z.string()),
  seeds: z.int(),
  /** What all runs have in common; `mixing` is the law of the shaken ones. */
  config: runConfigSchema,
});

/** The study's settings with nothing left open. */
export type BudgetSettings = z.infer<typeof settingsSchema>;

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function budgetSettings(options: BudgetStudyOptions): BudgetSettings {
  const values = configIn(options, commonKeys);
  const config = parseConfig({ ...values, validation: 'none' }, { file: options.configFile });
  const { seeds = standards.seeds, out = standards.out } = options;
  seedsUpTo(seeds);
  return {
    ...{ out, dataset: String(options.dataset ?? config.dataset), seeds, config },
    budgets: numbersIn('budgets', options.budgets ?? standards.budgets, {
      holds: isCount,
      rule: 'whole, from 1',
      usual: standards.budgets,
    }),
    layouts: layoutsIn(options.layouts ?? standards.layouts, standards.layouts),
    recipes: recipesIn(options.recipes ?? standards.recipes, standards.recipes),
  };
}

/** The settings of the study that a plan is of. */
export const settingsIn = ({ settings }: StudyPlan): BudgetSettings =>
  settingsSchema.parse(settings);

/** Everything that decides the study's result, as it was named where that says more. */
export function repeatedOptions(
  { config, ...settings }: BudgetSettings,
  { dataFolder }: BudgetStudyOptions,
): Record<string, unknown> {
  const named = Object.fromEntries(namedSettings(config, ['net'], commonKeys));
  return { ...named, ...settings, dataFolder };
}
