import { option, RequestError } from '../../errors.ts';
import { permutation, randomStream } from '../../random/index.ts';
import { parseConfig } from '../../runs/config.ts';
import { type ConfigKey, configFields, configKeys, type RunConfig } from '../../runs/fields.ts';
import { excluding } from '../../training/regularisers.ts';

/** The settings that may be varied: those of the net and of how it learns, not of its data or its end. */
export const variedKeys = [
  ...([
    'net',
    'layout',
    'mixing',
    'head',
    'features',
    'augment',
    'cutout',
    'mixup',
    'ricap',
  ] as const),
  ...([
    'classWeights',
    'sampling',
    'featureAugment',
    'batch',
    'learningRate',
    'warmUp',
    'momentum',
  ] as const),
  ...(['weightDecay', 'decayEpochs', 'decay', 'averageDecay', 'swa', 'testMirror'] as const),
] satisfies ConfigKey[];

/** The name of such a setting. */
export type VariedKey = (typeof variedKeys)[number];

/** A value that a setting may have. */
export type Value = string | number | null;

/** The settings that vary, and the values of each, in the order in which they were named. */
export type Space = Partial<Record<VariedKey, Value[]>>;

/** A value for each setting that varies. */
export type Choice = Partial<Record<VariedKey, Value>>;

/** So many combinations may be tried, and so many be drawn from. */
const mostCandidates = 1000;
const mostCombinations = 1_000_000;

/** What the settings to vary look like. */
const example = "'lr=0.03|0.1|0.3; weight-decay=0.0001|0.0005'";

/**
 * Reads the settings to vary: `lr=0.03|0.1; layout=preact-bn|bn relu conv bn`, by their flags or their names in
 * a config, values between bars. Values come out as a config holds them.
 *
 * @param config what all runs have in common
 * @throws RequestError naming the setting or value that does not fit
 */
export function parseSpace(text: string, config: RunConfig): Space {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const entries = parts.map((part): [VariedKey, Value[]] => {
    const [name, ...rest] = part.split('=');
    const key = keyNamed(name.trim(), 'vary');
    const texts = rest.join('=').split('|');
    const values = texts.map((value) => parsedValue(key, value.trim(), config));
    if (new Set(values).size < Math.max(2, values.length))
      throw refusal(part, 'needs two values or more, each once');
    return [key, values];
  });
  if (entries.length === 0) throw refusal(text, 'names no setting');
  const twice = entries.find(([key], place) => entries.findIndex(([own]) => own === key) < place);
  if (twice) throw refusal(text, `names ${configFields[twice[0]].flag} twice`);
  return Object.fromEntries(entries);
}

/**
 * Reads one setting with one value: `ema=0.99`, by its flag or its name in a config, as `changes` holds it.
 *
 * @throws RequestError naming the setting or value that does not fit
 */
export function parseSetting(text: string, config: RunConfig): [VariedKey, Value] {
  const [name, ...rest] = text.split('=');
  const key = keyNamed(name.trim(), 'changes');
  return [key, parsedValue(key, rest.join('=').trim(), config)];
}

function keyNamed(name: string, asked: string): VariedKey {
  const key = variedKeys.find((own) => own === name || configFields[own].flag === name);
  if (key) return key;
  const known = variedKeys.map((own) => configFields[own].flag).join(', ');
  throw new RequestError(
    `${option(asked)} ${name}: is no setting that can be varied; these can: ${known}`,
  );
}

/** The value as a config holds it. @throws RequestError as a config's entry does */
function parsedValue(key: VariedKey, text: string, config: RunConfig): Value {
  const value = key === 'features' && text === 'none' ? null : text;
  return parseConfig({ [key]: value }, { base: config })[key];
}

const refusal = (subject: string, rule: string) =>
  new RequestError(`${option('vary')} ${subject}: ${rule}; try ${example}`);

/**
 * What is tried: all combinations, or so many of them drawn at random, the same ones for ever; but for those with two
 * settings that exclude each other, such as mixup and RICAP.
 *
 * @param config what all runs have in common
 * @throws RequestError where there are too many, or fewer than are to be drawn
 */
export function choicesOf(space: Space, config: RunConfig, draw: number | null): Choice[] {
  const keys = configKeys.filter((key): key is VariedKey => key in space);
  const count = keys.reduce((product, key) => product * space[key]!.length, 1);
  refuseCount(count, draw);
  const order = permutation(randomStream(1, 'tuning/draw'), count);
  const isWhole = (place: number) => !excluding({ ...config, ...choiceAt(space, keys, place) });
  const places = mayClash(keys, config) ? order.filter(isWhole) : order;
  refuseFew(places.length, draw);
  return Array.from(places.subarray(0, draw ?? count).toSorted(), (place) =>
    choiceAt(space, keys, place),
  );
}

/** Whether two of the settings that vary, or one of them and a setting that all runs have, exclude each other. */
const mayClash = (keys: readonly VariedKey[], config: RunConfig): boolean =>
  excluding({ ...config, ...Object.fromEntries(keys.map((key) => [key, true])) }) !== undefined;

/** @throws RequestError where there are too many combinations to go through, or to try */
function refuseCount(count: number, draw: number | null): void {
  const remedy = `draw some by ${option('draw')} 30, or leave out some values`;
  if (draw === null && count > mostCandidates)
    throw new RequestError(
      `${option('vary')}: there are ${count} combinations, at most ${mostCandidates} are tried; ${remedy}`,
    );
  if (count > mostCombinations)
    throw new RequestError(
      `${option('vary')}: there are ${count} combinations, the limit is ${mostCombinations}; leave out some values`,
    );
}

/** @throws RequestError where fewer combinations are left than are compared, or drawn */
function refuseFew(count: number, draw: number | null): void {
  if (count < 2)
    throw new RequestError(
      `${option('vary')}: in all combinations but ${count} two settings exclude each other; add 0, or none, to their values`,
    );
  const most = Math.min(count, mostCandidates);
  if (draw !== null && draw > most)
    throw new RequestError(
      `${option('draw')} ${draw}: of ${count} combinations at most ${most} can be drawn; try ${most}`,
    );
}

/** The combination at a place of the grid; the first setting varies slowest. */
function choiceAt(space: Space, keys: readonly VariedKey[], place: number): Choice {
  let rest = place;
  const entries = keys.toReversed().map((key) => {
    const values = space[key]!;
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    return [key, value];
  });
  return Object.fromEntries(entries.reverse());
}

/** `lr 0.1, layout preact-bn`. */
export const choiceTitle = (choice: Choice): string =>
  Object.entries(choice)
    .map(([key, value]) => `${configFields[key as VariedKey].flag} ${value ?? 'none'}`)
    .join(', ');
