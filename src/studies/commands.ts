import { type ConfigKey, configFields, configKeys, type RunConfig } from '../runs/fields.ts';
import { type StudyOptionTable, workOptions } from './options.ts';

const alwaysNamed: readonly ConfigKey[] = ['dataset', 'net', 'layout', 'mixing', 'epochs', 'seed'];

/** The settings of runs that a command names: the essential ones, and those that are no default. */
export function namedSettings(
  config: RunConfig,
  essential: readonly ConfigKey[],
  keys: readonly ConfigKey[] = configKeys,
): [ConfigKey, unknown][] {
  const named = keys.filter(
    (key) => essential.includes(key) || config[key] !== configFields[key].initial,
  );
  return named.map((key) => [key, config[key]]);
}

/** The command that trains one run again in a folder. */
export function trainCommand(config: RunConfig, folder: string): string {
  const named = namedSettings(config, alwaysNamed);
  const flags = named.map(([key, value]): Flag => [configFields[key].flag, value]);
  return `npx shakelab train ${joinFlags([...flags, ['out', folder]])}`;
}

/** The command that repeats a study: what decides its result, in the order of its options. */
export function studyCommand(
  usage: string,
  options: StudyOptionTable,
  values: Record<string, unknown>,
): string {
  const deciding = Object.entries(options).filter(([name]) => !(name in workOptions));
  const flags = deciding.map(([name, { flag }]): Flag => [flag, values[name]]);
  return `npx shakelab ${usage} ${joinFlags(flags)}`;
}

type Flag = readonly [name: string, value: unknown];

/** `--name value` for every flag that has a value, as a shell takes it. */
export function joinFlags(flags: readonly Flag[]): string {
  return flags
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `--${name} ${quoted(String(value))}`)
    .join(' ');
}

function quoted(value: string): string {
  return /^[\w./:=,+-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
