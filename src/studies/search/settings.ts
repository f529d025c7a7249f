import { z } from 'zod';
import { option, RequestError } from '../../errors.ts';
import { parseConfig } from '../../runs/config.ts';
import { configKeys, type RunConfig } from '../../runs/fields.ts';
import { runConfigSchema } from '../../runs/schema.ts';
import { namedSettings } from '../commands.ts';
import { configIn } from '../options.ts';
import { readPlan, type StudyPlan } from '../plan.ts';
import { seedsUpTo } from '../study.ts';
import { type SearchOptions, standards } from './options.ts';
import { type NormChoice, normChoices } from './placements.ts';

const settingsSchema = z.object({
  out: z.string(),
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: z.string(),
  norms: z.enum(normChoices),
  /** Rounds of successive halving. */
  rounds: z.int(),
  /** A round keeps one layout in so many, and trains it so many times as long. */
  factor: z.int(),
  /** Of each layout in each round. */
  seeds: z.int(),
  /** What all runs have in common; `mixing` is the law that is held against even mixing. */
  config: runConfigSchema,
});

/** A search's settings with nothing left open. */
export type SearchSettings = z.infer<typeof settingsSchema>;

const defaults = { out: 'runs/search', rounds: 3, factor: 3, seeds: 1 };

/** The images that a search chooses by: those that one which is there was begun with, else a tenth. */
export async function usualValidation(options: SearchOptions): Promise<string> {
  const begun = await readPlan(options.out ?? defaults.out).catch(() => null);
  return begun?.runs[0].config.validation ?? standards.validation;
}

/**
 * Fills in what the options of any search by successive halving leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function searchBase(options: SearchOptions, validation = standards.validation) {
  const values: Record<string, unknown> = {
    ...options.config,
    ...given(configIn(options, configKeys)),
  };
  const config = parseConfig(values, {
    file: options.configFile,
    standards: { ...standards, validation },
  });
  const { out, rounds, factor, seeds } = { ...defaults, ...given(options) };
  refuseUnless(
    Number.isInteger(rounds) && rounds >= 1,
    `${option('rounds')} ${rounds}`,
    'from 1; try 3',
  );
  refuseUnless(
    Number.isInteger(factor) && factor >= 2,
    `${option('factor')} ${factor}`,
    'from 2; try 3',
  );
  seedsUpTo(seeds);
  return { out, dataset: String(values.dataset ?? config.dataset), rounds, factor, seeds, config };
}

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function searchSettings(options: SearchOptions, validation?: string): SearchSettings {
  refuseDraw(options);
  const { out, dataset, ...rest } = searchBase(options, validation);
  const { config } = rest;
  const norms = normsOf(options.norms ?? 'before-relu');
  if (config.mixing !== 'even') return { out, dataset, norms, ...rest };
  throw new RequestError(
    `${option('mixing')} even: the search holds a law against even mixing; name another, such as shake-shake`,
  );
}

function refuseDraw({ draw }: SearchOptions): void {
  if (draw === undefined) return;
  throw new RequestError(
    `${option('draw')} ${draw}: draws among the combinations of ${option('vary')}; give both or neither`,
  );
}

/** The settings of the search that a plan is of. @throws RequestError where the plan has none */
export function settingsIn({ settings, command }: StudyPlan): SearchSettings {
  const { success, data } = settingsSchema.safeParse(settings);
  if (success) return data;
  throw new RequestError(
    `the search was planned by an older version, which kept no settings; go on with it: ${command}`,
  );
}

/** Everything that decides the search's result, as it was named where that says more. */
export function repeatedOptions(
  { config, ...settings }: SearchSettings,
  { dataFolder }: SearchOptions,
): Record<string, unknown> {
  return { ...repeatedConfig(config), ...settings, dataFolder };
}

/** The entries of a search's config that its command names: the essential, and what is no default. */
export function repeatedConfig(config: RunConfig): Record<string, unknown> {
  return Object.fromEntries(
    namedSettings(config, ['net', 'mixing', 'epochs', 'batch', 'learningRate']),
  );
}

const given = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

function normsOf(text: string): NormChoice {
  const choice = normChoices.find((name) => name === text);
  if (choice) return choice;
  throw new RequestError(`${option('norms')} ${text}: must be ${normChoices.join(' or ')}`);
}

function refuseUnless(holds: boolean, subject: string, rule: string): void {
  if (!holds) throw new RequestError(`${subject}: must be a whole number ${rule}`);
}
