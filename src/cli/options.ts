import { type Command, Option } from 'commander';
import { RequestError } from '../errors.ts';
import { type ConfigKey, configFields, configKeys } from '../runs/fields.ts';
import type { ConfigFlags } from './flags.ts';

/** Adds the flags of some entries of the config, as text; the config's schema checks them. */
export function addConfigFlags(command: Command, keys: readonly ConfigKey[] = configKeys): Command {
  for (const key of keys) {
    const { flag, argument, help, initial } = configFields[key];
    const standard = initial === null ? '' : ` (default: ${initial})`;
    command.addOption(new Option(`--${flag} <${argument}>`, help + standard));
  }
  return command.option('--config <file>', 'take settings from a JSON file; flags override it');
}

/** The config's flags among a command's options, by config key. */
export function configFlagsOf(
  options: Record<string, unknown>,
  keys: readonly ConfigKey[] = configKeys,
): ConfigFlags {
  const entries = keys.map((key) => [key, options[camelCase(configFields[key].flag)]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A flag that holds a whole number from 1 on. */
export function countFlag(flag: string, argument: string, help: string, example: number): Option {
  const option = new Option(`--${flag} <${argument}>`, help);
  return option.argParser((text) => parseCount(flag, text, example));
}

function parseCount(flag: string, text: string, example: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RequestError(`--${flag} ${text}: must be a whole number from 1; try ${example}`);
}

/** A flag that holds a number above 0. */
export function numberFlag(flag: string, argument: string, help: string, example: number): Option {
  return new Option(`--${flag} <${argument}>`, help).argParser((text) => {
    const value = Number(text);
    if (Number.isFinite(value) && value > 0) return value;
    throw new RequestError(`--${flag} ${text}: must be a number above 0; try ${example}`);
  });
}

/** The flags of every command that opens a trainer. */
export function addMachineFlags(command: Command): Command {
  return addDataFlag(command).addOption(
    countFlag('threads', 'count', 'threads to compute with; any number gives the same bits', 2),
  );
}

/** The flag that names a data folder. */
function addDataFlag(command: Command): Command {
  return command.option('--data <folder>', 'look for data in this folder first');
}

/** The flag that turns a command's output into JSON. */
export function addJsonFlag(command: Command, help = 'print JSON'): Command {
  return command.option('--json', help);
}

const camelCase = (flag: string): string =>
  flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
