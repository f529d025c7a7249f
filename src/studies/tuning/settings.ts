import { z } from 'zod';
import { option, RequestError } from '../../errors.ts';
import { runConfigSchema } from '../../runs/schema.ts';
import type { StudyPlan } from '../plan.ts';
import type { SearchOptions } from '../search/options.ts';
import { repeatedConfig, searchBase } from '../search/settings.ts';
import { choicesOf, parseSpace, type Space } from './space.ts';

const settingsSchema = z.object({
  out: z.string(),
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: z.string(),
  /** As it was asked for, and as it was read. */
  vary: z.string(),
  space: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))),
  /** Combinations drawn; null tries all. */
  draw: z.int().nullable(),
  /** Rounds of successive halving. */
  rounds: z.int(),
  /** A round keeps one candidate in so many, and trains it so many times as long. */
  factor: z.int(),
  /** Of each candidate in each round. */
  seeds: z.int(),
  /** What all runs have in common. */
  config: runConfigSchema,
});

/** A search's settings with nothing left open. */
export type TuningSettings = Omit<z.infer<typeof settingsSchema>, 'space'> & { space: Space };

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function tuningSettings(options: SearchOptions, validation: string): TuningSettings {
  const { vary = '', draw = null, norms } = options;
  if (norms !== undefined)
    throw new RequestError(
      `${option('norms')} ${norms}: placements of batch norms are searched without ${option('vary')}; leave one out`,
    );
  const base = searchBase(options, validation);
  if (base.config.validation === 'none')
    throw new RequestError(
      `${option('validation')} none: settings are chosen by validation images; try 0.1`,
    );
  const space = parseSpace(vary, base.config);
  choicesOf(space, base.config, draw);
  return { ...base, vary, space, draw };
}

/** The settings of the search that a plan is of. @throws z.ZodError where they are of another study */
export const settingsIn = ({ settings }: StudyPlan): TuningSettings =>
  settingsSchema.parse(settings) as TuningSettings;

/** Everything that decides the search's result, as it was named where that says more. */
export function repeatedOptions(
  { config, space: _, ...settings }: TuningSettings,
  { dataFolder }: SearchOptions,
): Record<string, unknown> {
  return { ...repeatedConfig(config), ...settings, dataFolder };
}
