import type { DownloadProgress } from '../data/dataset.ts';
import type { Naming } from '../errors.ts';
import { aboveZero, type Parser, wholeFromOne } from '../options/numbers.ts';
import { memoryUses } from '../program/plan.ts';
import { type ConfigKey, configFields, configKeys } from '../runs/fields.ts';
import { keepChoices } from '../runs/keepChoices.ts';

/**
 * An option of a study, stated once: the command line's flag, the library's option of the same value,
 * and the command that repeats the study follow from it.
 */
export interface StudyOption<Value> extends Parser<Value> {
  flag: string;
  /** What stands for the value in the help; a switch has none. */
  argument?: string;
  help: string;
  /** What holds where it is left out, as the help says it. */
  standard?: string;
}

/** The options of a study by name, in the order of its help and of the command that repeats it. */
export type StudyOptionTable = Readonly<Record<string, StudyOption<unknown>>>;

/** The values that a table of options takes, each of which may be left out. */
export type ValuesOf<Table extends StudyOptionTable> = {
  [Name in keyof Table]?: Table[Name] extends StudyOption<infer Value> ? Value : never;
};

/** What a program, but no flag, may give to a study. */
export interface StudyHooks {
  /** What options are called in its notes; their own names when left out. */
  nameOf?: Naming;
  /** Aborting it saves the current run's checkpoint and ends the work. */
  signal?: AbortSignal;
  /** Told how far a download of data is. */
  onDownload?: (progress: DownloadProgress) => void;
}

/** An option that holds text. */
export function text(
  flag: string,
  argument: string,
  help: string,
  standard?: string,
): StudyOption<string> {
  return { flag, argument, help, standard, parse: (value) => value, rule: 'text' };
}

/** An option that holds a whole number from 1 on. */
export function count(
  flag: string,
  argument: string,
  help: string,
  example: number,
  standard?: string,
): StudyOption<number> {
  return { flag, argument, help, standard, ...wholeFromOne(example) };
}

/** An option that holds a number above 0. */
function positive(
  flag: string,
  argument: string,
  help: string,
  example: number,
  standard?: string,
): StudyOption<number> {
  return { flag, argument, help, standard, ...aboveZero(example) };
}

/** An option that is off unless it is given. */
export function toggle(flag: string, help: string): StudyOption<boolean> {
  return { flag, help, parse: () => true, rule: 'given or not' };
}

/** An option that holds one of a few words. */
function choiceOf<Word extends string>(
  flag: string,
  argument: string,
  help: string,
  words: readonly Word[],
  standard: Word,
): StudyOption<Word> {
  const parse = (text: string) => words.find((word) => word === text);
  const listed = words.join(', ');
  return { flag, argument, help: `${help}: ${listed}`, standard, parse, rule: `one of ${listed}` };
}

/** An option that holds a whole number from 1 on, or `auto`. */
function countOrAuto(
  flag: string,
  argument: string,
  help: string,
  example: number,
  standard: string,
): StudyOption<number | 'auto'> {
  const { parse: parseCount, rule } = wholeFromOne(example);
  const parse = (text: string) => (text === 'auto' ? text : parseCount(text));
  return { flag, argument, help, standard, parse, rule: `auto, or ${rule}` };
}

/** A data folder, looked into first. */
export const dataFolder = text('data', 'folder', 'look for data in this folder first');

/** How a study is carried out, which decides no result. */
export const workOptions = {
  threads: count('threads', 'count', 'threads to compute with; any number gives the same bits', 2),
  memory: choiceOf(
    'memory',
    'use',
    'low computes some activations twice instead of keeping them, for the same bits',
    memoryUses,
    'usual',
  ),
  parallel: countOrAuto(
    'parallel',
    'runs',
    'runs trained at once, which share the threads: a number, or auto, the fastest',
    2,
    '1',
  ),
  allowOtherKernels: toggle(
    'allow-other-kernels',
    'go on with runs by kernels that round otherwise, and note it in their run.json',
  ),
  keep: choiceOf('keep', 'which', 'checkpoints kept of trained runs', keepChoices, 'all'),
  reportOnly: toggle(
    'report-only',
    'train nothing; write the report of the runs in --out that are done',
  ),
};

/** The folder to leave everything in. */
export const outOption = (standard: string): StudyOption<string> =>
  text('out', 'folder', 'where runs, figures and report are kept', standard);

/** Trains on so many images only; on all if left out or null. */
const trainSize: StudyOption<number | null> = count(
  'train-size',
  'count',
  'train on this many images only',
  10000,
);

/** What the studies of the paper can be told alike; `standard` says what holds of each. */
export function recipeOptions(
  standard: Record<'epochs' | 'seeds' | 'batch' | 'learningRate' | 'out', string>,
) {
  return {
    epochs: count('epochs', 'count', 'epochs of each run', 10, standard.epochs),
    seeds: count('seeds', 'count', 'seeds of each model', 3, standard.seeds),
    batch: count('batch', 'size', 'images a step, a multiple of 16', 64, standard.batch),
    learningRate: positive('lr', 'rate', 'first learning rate', 0.1, standard.learningRate),
    trainSize,
    ...configOptions(['precision']),
    out: outOption(standard.out),
    ...workOptions,
  };
}

/** Those of the options that are entries of the config. */
export const configIn = (
  options: { readonly [Key in ConfigKey]?: unknown },
  keys: readonly ConfigKey[],
): Record<string, unknown> => Object.fromEntries(keys.map((key) => [key, options[key]]));

/** Takes settings of the runs from a file. */
export const configFile = text(
  'config',
  'file',
  'take settings from a JSON file; flags override it',
);

/** The config's entries but those that a study varies or decides itself. */
export const keysBut = <Own extends ConfigKey>(own: readonly Own[]): Exclude<ConfigKey, Own>[] =>
  configKeys.filter((key): key is Exclude<ConfigKey, Own> => !own.some((other) => other === key));

/**
 * Options for some entries of the config, as text, which the config's schema checks.
 *
 * @param standards what holds of a study where an entry is left out, if not what holds of a run
 */
export function configOptions<Key extends ConfigKey>(
  keys: readonly Key[],
  standards: Readonly<Record<string, unknown>> = {},
): Record<Key, StudyOption<unknown>> {
  const entries = keys.map((key) => {
    const { flag, argument, help, initial } = configFields[key];
    const standard = standards[key] ?? initial;
    return [key, text(flag, argument, help, standard === null ? undefined : String(standard))];
  });
  return Object.fromEntries(entries);
}
