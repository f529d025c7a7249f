import { Option } from 'commander';
import { settingNames } from '../data/settings.ts';
import { RequestError } from '../errors.ts';
import { shown } from '../limits.ts';
import { aboveZero, type Parser, wholeFromOne } from '../options/numbers.ts';
import { usableProcessors } from '../processes/processors.ts';
import { type MemoryUse, memoryUses } from '../program/plan.ts';
import type { CheckpointChoice } from '../runs/checkpoint.ts';
import { type ConfigKey, configFields, configKeys, type RunConfig } from '../runs/fields.ts';
import type { FrameInterval } from '../runs/frames/keep.ts';
import { plural } from '../text/text.ts';
import type { Flag } from './command.ts';
import { kebab } from './naming.ts';
import { printNote } from './output.ts';

/** A flag of a single option, made of its name on the command line. */
const single = <Value>(make: (name: string) => Option): Flag<Value> => ({
  options: (name) => [make(kebab(name))],
  read: (values, name) => values[name],
});

/** A switch, off unless it is given. */
export const toggle = (help: string) =>
  single<boolean | undefined>((name) => new Option(`--${name}`, help));

/** A switch, on unless `--no-` and its name are given. */
export const untoggle = (help: string) =>
  single<boolean>((name) => new Option(`--no-${name}`, help));

/** A flag that holds text. */
export const text = (argument: string, help: string) =>
  single<string | undefined>((name) => new Option(`--${name} <${argument}>`, help));

/** A flag that holds text, or none: then it is true. */
export const textOrTrue = (argument: string, help: string) =>
  single<string | true | undefined>((name) => new Option(`--${name} [${argument}]`, help));

/** A flag that holds text and must be given. */
export const required = (argument: string, help: string) =>
  single<string>((name) => new Option(`--${name} <${argument}>`, help).makeOptionMandatory());

/** A flag that holds text, and has some where it is not given. */
export const textOr = (argument: string, help: string, initial: string) =>
  single<string>((name) => new Option(`--${name} <${argument}>`, help).default(initial));

/** A flag that holds one word or several. */
export const words = (argument: string, help: string) =>
  single<string[] | undefined>((name) => new Option(`--${name} <${argument}...>`, help));

/** A flag that holds one of a few words. */
export const choice = <Word extends string>(help: string, all: readonly Word[], initial: Word) =>
  single<Word>((name) => new Option(`--${name} <${name}>`, help).choices(all).default(initial));

/** A flag that holds one of a few words, or is not given. */
export const anyChoice = <Word extends string>(help: string, all: readonly Word[]) =>
  single<Word | undefined>((name) => new Option(`--${name} <which>`, help).choices(all));

/** Which checkpoint of a run to open. */
export const checkpoint = anyChoice<CheckpointChoice>(
  'best (by validation) or last; best where there is one unless given',
  ['best', 'last'],
);

/** An option whose text is parsed, or refused by a rule. */
export function parsedOption<Value>(
  usage: string,
  help: string,
  { parse, rule }: Parser<Value>,
): Option {
  const option = new Option(usage, help);
  return option.argParser((text) => {
    const value = parse(text);
    if (value !== undefined) return value;
    throw new RequestError(`${option.long} ${shown(text)}: must be ${rule}`);
  });
}

/** A flag that holds a whole number from 1 on. */
export const count = (argument: string, help: string, example: number) =>
  single<number | undefined>((name) =>
    parsedOption(`--${name} <${argument}>`, help, wholeFromOne(example)),
  );

/** A flag that holds a whole number from 0 on. */
export const number = (argument: string, help: string, example: number) =>
  single<number | undefined>((name) => {
    const parse = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
    const rule = `a whole number from 0; try ${example}`;
    return parsedOption(`--${name} <${argument}>`, help, { parse, rule });
  });

/** Threads beyond the processors at hand slow every step down: they are left out, with a word. */
export function cappedThreads(asked: number | undefined): number | undefined {
  const most = usableProcessors();
  if (asked === undefined || asked <= most) return asked;
  printNote(
    `--threads ${asked}: only ${plural(most, 'processor')} may be used here; going on with ${most}`,
  );
  return most;
}

/** The flag that says how many threads compute. */
export function threads(help: string): Flag<number | undefined> {
  const flag = count('count', help, 2);
  return { ...flag, read: (values, name) => cappedThreads(flag.read(values, name)) };
}

/** A flag that holds a number above 0. */
export const positive = (argument: string, help: string, example: number) =>
  single<number | undefined>((name) =>
    parsedOption(`--${name} <${argument}>`, help, aboveZero(example)),
  );

const portOf = (text: string) =>
  /^\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;

/** A flag that holds the port of a server. */
export const port = (help: string, initial: number) =>
  single<number>((name) => {
    const rule = 'a whole number from 0 to 65535; try 8080';
    return parsedOption(`--${name} <number>`, help, { parse: portOf, rule }).default(initial);
  });

/** The flag that makes a run keep frames for the studio. */
export const frames = single<FrameInterval | undefined>((name) => {
  const help = 'keep the embedding every so many steps, or auto, for the studio to play';
  const { parse: parseNumber, rule } = wholeFromOne(200);
  const parse = (text: string) => (text === 'auto' ? text : parseNumber(text));
  return parsedOption(`--${name} <steps>`, help, { parse, rule: `auto, or ${rule}` });
});

/** The flag that says how a training uses memory. */
export const memory = choice<MemoryUse>(
  'low: compute some activations twice instead of keeping them; the same bits, later',
  memoryUses,
  'usual',
);

/** The flag of every command that may open data. */
export const data = text('folder', 'look for data in this folder first');

/** The flags of every command that opens a trainer. */
export const machineFlags = {
  data,
  threads: threads('threads to compute with; any number gives the same bits'),
};

/** The flag that turns a command's output into JSON. */
export const json = toggle('print JSON');

/** The same where events are told as they come. */
export const jsonEvents = toggle('print an event a line as JSON');

/** The config's own flags, as typed, by config key. */
export type ConfigFlags = Partial<Record<keyof RunConfig, string>>;

/** What a command line says of a run's config. */
export interface ConfigChoice {
  values: ConfigFlags;
  /** A JSON file that the values override. */
  file?: string;
}

/** The settings that say what data are opened. */
export const dataKeys = ['dataset', ...settingNames] as const;

/** A flag for each of some entries of the config, as text, which the config's schema checks. */
export const settings = (keys: readonly ConfigKey[] = configKeys): Flag<ConfigChoice> => ({
  options: () => [
    ...keys.map(settingOption),
    new Option('--config <file>', 'take settings from a JSON file; flags override it'),
  ],
  read(options) {
    const entries = keys.map((key) => [key, options[settingOption(key).attributeName()]]);
    const given = entries.filter(([, value]) => value !== undefined);
    return { values: Object.fromEntries(given), file: options.config };
  },
});

function settingOption(key: ConfigKey): Option {
  const { flag, argument, help, initial } = configFields[key];
  const standard = initial === null ? '' : ` (default: ${initial})`;
  return new Option(`--${flag} <${argument}>`, help + standard);
}
