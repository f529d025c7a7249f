import { type ConfigKey, configFields, configKeys, type RunConfig } from '../runs/fields.ts';
import { type StudyOptionTable, workOptions } from './options.ts';

const alwaysNamed = new Set<ConfigKey>(['dataset', 'net', 'layout', 'mixing', 'epochs', 'seed']);

/** The command that trains one run again in a folder: its essentials and what is not a default. */
export function trainCommand(config: RunConfig, folder: string): string {
  const keys = configKeys.filter(
    (key) => alwaysNamed.has(key) || config[key] !== configFields[key].initial,
  );
  const flags = keys.map((key): Flag => [configFields[key].flag, config[key]]);
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
