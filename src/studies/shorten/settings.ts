import { z } from 'zod';
import { imagesOf } from '../../data/datasets.ts';
import { namesFolder } from '../../data/names.ts';
import { mirrors } from '../../data/transforms/parse.ts';
import { option, RequestError } from '../../errors.ts';
import { parseConfig } from '../../runs/config.ts';
import { configFields, configKeys, type RunConfig } from '../../runs/fields.ts';
import { runConfigSchema } from '../../runs/schema.ts';
import { exclude, isSet } from '../../training/regularisers.ts';
import { namedSettings } from '../commands.ts';
import { configIn } from '../options.ts';
import type { StudyPlan } from '../plan.ts';
import { seedsUpTo } from '../study.ts';
import { parseSetting, type Value, type VariedKey } from '../tuning/space.ts';
import { commonKeys, type ShortenStudyOptions, standards } from './options.ts';

const settingsSchema = z.object({
  out: z.string(),
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: z.string(),
  /** Each a setting with its value, by its flag: `ema=0.99`. */
  changes: z.array(z.string()).min(2),
  trials: z.int(),
  seeds: z.int(),
  /** The plain recipe; `validation` is that of the trials. */
  config: runConfigSchema,
});

/** The study's settings with nothing left open. */
export type ShortenSettings = z.infer<typeof settingsSchema>;

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function shortenSettings(options: ShortenStudyOptions): ShortenSettings {
  const config = parseConfig(configIn(options, commonKeys), {
    file: options.configFile,
    standards: { validation: standards.validation },
  });
  if (!Number.isFinite(Number(config.validation))) {
    const rule = 'must be a share or a count of the training images';
    throw new RequestError(
      `${option('validation')} ${config.validation}: ${rule}; try ${standards.validation}`,
    );
  }
  const { trials = standards.trials, seeds = standards.seeds, out = standards.out } = options;
  [trials, seeds].forEach(seedsUpTo);
  const dataset = String(options.dataset ?? config.dataset);
  const changes = changesIn(options.changes ?? usualChanges(config), config);
  return { out, dataset, changes, trials, seeds, config };
}

/**
 * What is tried where nothing is said: what the plain recipe neither has nor excludes; mirrored images where the
 * data are usually trained on them.
 */
function usualChanges(config: RunConfig): string {
  const { changes, mirroring } = standards;
  const all = showsMirrored(config) ? `${changes}; ${mirroring}` : changes;
  const isOpen = (part: string) => obstacle(parseSetting(part, config), config) === null;
  return all.split('; ').filter(isOpen).join('; ');
}

/** Whether training shows images mirrored, as far as is known before data of one's own are opened. */
function showsMirrored({ augment, dataset }: RunConfig): boolean {
  if (augment !== 'auto') return mirrors(augment);
  return !namesFolder(dataset) && mirrors(imagesOf(dataset).augmentation);
}

/** Changes by their flags and canonical values. @throws RequestError where they are none, or may not be made */
function changesIn(text: string, config: RunConfig): string[] {
  const parts = text.split(';').map((part) => part.trim());
  const settings = parts.filter((part) => part !== '').map((part) => parseSetting(part, config));
  const rule = settings.map((setting) => obstacle(setting, config)).find((found) => found !== null);
  if (rule) throw refusal(text, rule);
  const keys = settings.map(([key]) => key);
  if (keys.length < 2 || new Set(keys).size < keys.length)
    throw refusal(text, 'must be two settings or more, each once');
  return settings.map(([key, value]) => `${configFields[key].flag}=${value}`);
}

/** Why the plain recipe is not changed by a setting; null where it is. */
function obstacle([key, value]: [VariedKey, Value], config: RunConfig): string | null {
  const { flag } = configFields[key];
  if (config[key] === value) return `${flag} is ${value} in the plain recipe`;
  const other = configKeys.find((own) => exclude(own, key) && isSet(config[own]));
  if (other) return `${configFields[other].flag} of the plain recipe excludes ${flag}`;
  const isBlind = key === 'testMirror' && !namesFolder(config.dataset) && !showsMirrored(config);
  return isBlind ? `${flag} needs a training that shows images mirrored` : null;
}

const refusal = (text: string, rule: string): RequestError =>
  new RequestError(`${option('changes')} ${text}: ${rule}; try '${standards.changes}'`);

/** The settings of the study that a plan is of. */
export const settingsIn = ({ settings }: StudyPlan): ShortenSettings =>
  settingsSchema.parse(settings);

/** Everything that decides the study's result, as it was named where that says more. */
export function repeatedOptions(
  { config, changes, ...settings }: ShortenSettings,
  { dataFolder }: ShortenStudyOptions,
): Record<string, unknown> {
  const named = Object.fromEntries(namedSettings(config, ['net', 'epochs'], commonKeys));
  return { ...named, ...settings, changes: changes.join('; '), dataFolder };
}
