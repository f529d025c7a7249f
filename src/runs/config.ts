import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { canonicalName } from '../data/names.ts';
import { canonicalSettings } from '../data/settings.ts';
import { parseAugmentation } from '../data/transforms/parse.ts';
import { canonicalValidation } from '../data/validation.ts';
import { option, RequestError } from '../errors.ts';
import { parseFeatureVariation } from '../features/index.ts';
import { mostBytes, withoutMark } from '../files/read.ts';
import { parseHead } from '../heads/index.ts';
import { limits, shown } from '../limits.ts';
import { parseMixing } from '../mixing/index.ts';
import { usualLayout } from '../nets/families.ts';
import { parseLayout } from '../nets/layouts.ts';
import { byteSize } from '../text/text.ts';
import { parseAveraging } from '../training/averaging.ts';
import {
  type ConfigKey,
  configFields,
  configKeys,
  defaultConfig,
  type RunConfig,
} from './fields.ts';
import { nearest } from './nearest.ts';
import { runConfigSchema } from './schema.ts';

/** Where a config's values come from, besides those given directly. */
export interface ConfigSources {
  /** A JSON file whose values stand between the base and the given ones. */
  file?: string;
  /** What holds where nothing is said; the defaults unless a run is resumed. */
  base?: RunConfig;
  /** What holds of a study where neither the values nor the file decide; `auto` in the file does not. */
  standards?: Partial<RunConfig>;
}

/**
 * Builds a config: `base`, overlaid by `standards`, by the file and by `values` (by config key; numbers
 * may be strings, as flags are). A layout that is not given is the one that the net is known with.
 * Data set, layout, mixing law and head come out under their canonical names.
 *
 * @throws RequestError naming each option or file entry, its value, the rule and the remedy
 */
export function parseConfig(
  values: Record<string, unknown>,
  { file, base = defaultConfig, standards = {} }: ConfigSources = {},
): RunConfig {
  const given = Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, fromFlag(key, value)]],
    ),
  );
  const stated = { ...standards, ...entriesOf(file, standards), ...given };
  const merged = { ...base, ...usual(base, stated), ...stated };
  const result = runConfigSchema.safeParse(merged);
  if (result.success) return canonical(result.data);
  const origin = (key: string): string => describeOrigin(key, key in given, file);
  throw new RequestError(result.error.issues.flatMap((i) => explain(i, merged, origin)).join('\n'));
}

/** The entries in which a config differs from the defaults. */
export function differenceFromDefaults(config: RunConfig): Partial<RunConfig> {
  const keys = differingKeys(config, defaultConfig);
  return Object.fromEntries(keys.map((key) => [key, config[key]]));
}

/** The keys under which two configs hold different values. */
export function differingKeys(left: RunConfig, right: RunConfig): ConfigKey[] {
  return configKeys.filter((key) => left[key] !== right[key]);
}

/** The layout that the net is known with, unless a layout or a run goes before. */
function usual(base: RunConfig, { net }: Record<string, unknown>): Partial<RunConfig> {
  return base === defaultConfig && typeof net === 'string' ? { layout: usualLayout(net) } : {};
}

function canonical(config: RunConfig): RunConfig {
  return {
    ...config,
    ...canonicalSettings(config),
    dataset: canonicalName(config.dataset),
    validation: canonicalValidation(config.validation),
    layout: parseLayout(config.layout).name,
    mixing: parseMixing(config.mixing).name,
    head: parseHead(config.head).name,
    init: config.init === null ? null : resolve(config.init),
    freeze: config.freeze.replaceAll(' ', ''),
    augment: config.augment === 'auto' ? 'auto' : parseAugmentation(config.augment).name,
    swa: parseAveraging(config.swa).name,
    featureAugment: parseFeatureVariation(config.featureAugment).name,
  };
}

/** What a file decides: all that it says, but for what it leaves to a study. */
function entriesOf(file: string | undefined, standards: Partial<RunConfig>) {
  const entries = Object.entries(file === undefined ? {} : readConfigFile(file));
  return Object.fromEntries(
    entries.filter(([key, value]) => !(value === 'auto' && Object.hasOwn(standards, key))),
  );
}

const fileRemedy = 'give a JSON object such as {"epochs": 10, "layout": "preact"}';

const wrongFile = (file: string, what: string): RequestError =>
  new RequestError(`${option('configFile')} ${file}: ${what}; ${fileRemedy}`);

function readConfigFile(file: string): Record<string, unknown> {
  try {
    return parseConfigFile(textOf(file), file);
  } catch (error) {
    throw error instanceof RequestError ? error : wrongFile(file, (error as Error).message);
  }
}

/** A shell may give a pipe in a file's place, which tells no size; some devices never end. */
function textOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(mostBytes.config + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    }
    if (length === bytes.length) {
      throw new Error(`more than the ${byteSize(mostBytes.config)} that a config may hold`);
    }
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}

/** The entries of a config file's text, unchecked. @throws RequestError where it is no JSON object */
export function parseConfigFile(text: string, file: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(withoutMark(text));
  } catch (error) {
    throw wrongFile(file, (error as Error).message);
  }
  if (!isObject(content)) throw wrongFile(file, 'the file holds no JSON object');
  return configIn(content);
}

/** A run's whole record says its config beside what came of it. */
const configIn = (content: Record<string, unknown>): Record<string, unknown> =>
  'startedAt' in content && isObject(content.config) ? content.config : content;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Flags are text; those of numeric entries become numbers, unless they are none. */
function fromFlag(key: string, value: unknown): unknown {
  const initial = isKey(key) ? configFields[key].initial : '';
  if (typeof value !== 'string' || typeof initial === 'string' || value.trim() === '') return value;
  return Number.isNaN(Number(value)) ? value : Number(value);
}

function describeOrigin(key: string, given: boolean, file: string | undefined): string {
  if (!given && file !== undefined) return `${file}: ${key}`;
  return isKey(key) ? option(key) : `config: ${key}`;
}

const isKey = (key: string): key is ConfigKey => Object.hasOwn(configFields, key);

type Issue = z.core.$ZodIssue;

function explain(
  issue: Issue,
  values: Record<string, unknown>,
  origin: (key: string) => string,
): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, origin));
  const key = String(issue.path[0]);
  const value = values[key];
  const told = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return [`${origin(key)} ${shown(told)}: ${issue.message}`];
}

function unknownKey(key: string, origin: (key: string) => string): string {
  const near = key.length > limits.shown ? null : nearest(key, configKeys);
  const remedy = near ? `did you mean ${near}?` : `choose from ${configKeys.join(', ')}`;
  return `${origin(shown(key))}: a run has no such setting; ${remedy}`;
}
