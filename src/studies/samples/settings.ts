import { z } from 'zod';
import { option, RequestError } from '../../errors.ts';
import { parseConfig } from '../../runs/config.ts';
import { runConfigSchema } from '../../runs/schema.ts';
import { namedSettings } from '../commands.ts';
import { entriesIn, isCount, layoutsIn, numbersIn, recipesIn } from '../curves/lists.ts';
import { configIn } from '../options.ts';
import type { StudyPlan } from '../plan.ts';
import { seedsUpTo } from '../study.ts';
import { commonKeys, type SamplesStudyOptions, standards } from './options.ts';

const settingsSchema = z.object({
  out: z.string(),
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: z.string(),
  /** Numbers of training images, rising. */
  sizes: z.array(z.number()),
  layouts: z.array(z.string()),
  /** Each as `parseRecipe` reads it; the first is what the others are held against. */
  recipes: z.array(z.string()),
  /** Learning rates, and lengths in steps, to choose from. */
  rates: z.array(z.number()),
  lengths: z.array(z.int()),
  seeds: z.int(),
  /** Seeds of every setting that is tried. */
  trials: z.int(),
  /** What all runs have in common; `mixing` is the law of the shaken ones, `validation` the trials'. */
  config: runConfigSchema,
});

/** The study's settings with nothing left open; a size is infinite until the data are open. */
export type SamplesSettings = z.infer<typeof settingsSchema>;

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function samplesSettings(options: SamplesStudyOptions): SamplesSettings {
  const config = parseConfig(configIn(options, commonKeys), {
    file: options.configFile,
    standards: { validation: standards.validation },
  });
  refuseOtherValidation(config.validation);
  const { seeds = standards.seeds, trials = standards.trials, out = standards.out } = options;
  [seeds, trials].forEach(seedsUpTo);
  return {
    ...{ out, dataset: String(options.dataset ?? config.dataset), seeds, trials, config },
    sizes: sizesIn(options.sizes ?? standards.sizes),
    layouts: layoutsIn(options.layouts ?? standards.layouts, standards.layouts),
    recipes: recipesIn(options.recipes ?? standards.recipes, standards.recipes),
    rates: numbersIn('rates', options.rates ?? standards.rates, {
      holds: (rate) => rate > 0,
      rule: 'above 0',
      usual: standards.rates,
    }),
    lengths: numbersIn('lengths', options.lengths ?? standards.lengths, {
      holds: isCount,
      rule: 'whole, from 1',
      usual: standards.lengths,
    }),
  };
}

/** Trials are judged by images held out of those that they may train on, whatever the data set has. */
function refuseOtherValidation(validation: string): void {
  if (Number.isFinite(Number(validation))) return;
  throw new RequestError(
    `${option('validation')} ${validation}: must be a share or a count of the training images; try ${standards.validation}`,
  );
}

/** The settings once the number of training images is known, which `all` stands for. */
export function sizedSettings(settings: SamplesSettings, images: number): SamplesSettings {
  const largest = Math.max(...settings.sizes.filter(Number.isFinite));
  if (largest > images)
    throw new RequestError(
      `${option('sizes')} ${largest}: ${settings.dataset} has ${images} training images; write all for them`,
    );
  const sizes = [...new Set(settings.sizes.map((size) => Math.min(size, images)))];
  return { ...settings, sizes };
}

/** The settings of the study that a plan is of. */
export const settingsIn = ({ settings }: StudyPlan): SamplesSettings =>
  settingsSchema.parse(settings);

/** Everything that decides the study's result, as it was named where that says more. */
export function repeatedOptions(
  { config, ...settings }: SamplesSettings,
  { dataFolder, sizes }: SamplesStudyOptions,
): Record<string, unknown> {
  const named = Object.fromEntries(namedSettings(config, ['net'], commonKeys));
  return { ...named, ...settings, ...(sizes && { sizes }), dataFolder };
}

/** Sizes from small to large. */
function sizesIn(text: string): number[] {
  const sizes = entriesIn('sizes', text, standards.sizes).map((entry) =>
    entry === 'all' ? Infinity : Number(entry),
  );
  const wrong = sizes.findIndex((size) => size !== Infinity && !(isCount(size) && size >= 32));
  if (wrong < 0) return sizes.sort((a, b) => a - b);
  throw new RequestError(
    `${option('sizes')} ${text}: entry ${wrong + 1} must be a whole number from 32, or all; try ${standards.sizes}`,
  );
}
