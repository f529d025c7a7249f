import { z } from 'zod';
import { foldRule, parseFold } from '../data/fold.ts';
import {
  type DataSetting,
  type DataSettings,
  settingNamed,
  settingNames,
} from '../data/settings.ts';
import { limits } from '../limits.ts';
import { precisions } from '../program/precision.ts';
import {
  decayChoices,
  defaultConfig,
  mirrorChoices,
  type RunConfig,
  weightChoices,
} from './fields.ts';

const largestSeed = 2 ** 32 - 1;

/** Entries that older records and summaries lack: what they do not say is the default. */
const regulariserFields = {
  cutout: number(
    `the square to cut out must be a whole number from 0 to ${limits.cutout}`,
    (value) => isWhole(value) && value <= limits.cutout,
    fixed('8'),
  ).default(0),
  mixup: number("mixup's alpha must be 0 or more", isNonNegative, fixed('0.2')).default(0),
  ricap: number("RICAP's beta must be 0 or more", isNonNegative, fixed('0.3')).default(0),
  classWeights: z
    .enum(weightChoices, choiceError('the class weights', weightChoices))
    .default('none'),
  sampling: named('the sampling', 'balanced').default('natural'),
  featureAugment: named('the way of varying features', 'extrapolate').default('none'),
  decay: z.enum(decayChoices, choiceError('the decay', decayChoices)).default('all'),
  averageDecay: number(
    'the average must decay by a number in [0, 1)',
    isBelowOne,
    fixed('0.999'),
  ).default(0),
  swa: named('the averaging of weights', 'constant').default('none'),
  decayEpochs: number(
    `the epochs must be a whole number from 0 to ${limits.epochs}`,
    (value) => isWhole(value) && value <= limits.epochs,
    fixed('1800'),
  ).default(0),
};

/** Likewise; but old runs were evaluated after every epoch, and go on so. */
const choosingFields = {
  validation: textOrNumber('the validation', '0.1').default('auto'),
  evaluateEvery: textOrNumber('the epochs between evaluations', 'auto')
    .refine(isInterval, {
      error: 'the epochs between evaluations must be a whole number from 1, or auto; try auto',
    })
    .default('1'),
  patience: number('the patience must be a whole number from 0', isWhole, fixed('10')).default(0),
  testMirror: z
    .enum(mirrorChoices, choiceError('the mirror of test images', mirrorChoices))
    .default('none'),
};

/** Likewise. */
const tuningFields = {
  init: textOrNumber('the file of weights', 'model.safetensors').nullable().default(null),
  freeze: textOrNumber('what to freeze', 'body').default('none'),
  warmUp: number('the warm-up must be a share in [0, 1)', isBelowOne, fixed('0.05')).default(0),
  bodyRate: number('the share must be above 0 and at most 1', isShare, fixed('0.1')).default(1),
};

/** Of every setting of how data are read: a text, or one of the choices. */
const settingFields = Object.fromEntries(
  settingNames.map((name) => [name, settingField(settingNamed(name))]),
) as unknown as { [Name in keyof DataSettings]: z.ZodDefault<z.ZodType<DataSettings[Name]>> };

/**
 * The one schema of flags, config files and `run.json`. A record from before there was a setting says
 * nothing of it, which means its default.
 */
export const runConfigSchema = z.strictObject({
  dataset: named('the dataset', defaultConfig.dataset),
  net: named('the net', defaultConfig.net),
  layout: named('the layout', defaultConfig.layout),
  mixing: named('the mixing law', defaultConfig.mixing),
  head: named('the head', defaultConfig.head),
  features: count('the number of features', limits.features, '2').nullable(),
  trainSize: count('the number of training images', limits.trainSize, '10000').nullable(),
  subset: number(
    `the subset must be a whole number from 0 to ${largestSeed}`,
    isSeed,
    fixed('1'),
  ).default(1),
  fold: z
    .string({ error: foldRule })
    .refine((value) => parseFold(value) !== null, { error: foldRule })
    .nullable()
    .default(null),
  ...settingFields,
  augment: named('the augmentation', 'crop-flip').default('auto'),
  ...regulariserFields,
  ...choosingFields,
  ...tuningFields,
  epochs: count('the number of epochs', limits.epochs, '10'),
  batch: number('the batch size must be a multiple of 16', isBatch, nearestBatches).max(
    limits.batch,
    { error: `the batch size must be at most ${limits.batch}; try ${defaultConfig.batch}` },
  ),
  learningRate: number('the learning rate must be above 0', (value) => value > 0, fixed('0.1')),
  momentum: number('the momentum must lie in [0, 1)', isBelowOne, fixed('0.9')),
  weightDecay: number('the weight decay must be 0 or more', isNonNegative, fixed('0.0001')),
  precision: z.enum(precisions, choiceError('the precision', precisions)).default('float32'),
  seed: number(`the seed must be a whole number from 0 to ${largestSeed}`, isSeed, fixed('1')),
}) satisfies z.ZodType<RunConfig>;

type Remedy = (value: unknown) => string;

function named(subject: string, example: string) {
  return z
    .string({ error: `${subject} must be text; try "${example}"` })
    .min(1, { error: `${subject} must not be empty; try "${example}"` })
    .max(limits.text, {
      error: `${subject} must have at most ${limits.text} letters; try "${example}"`,
    });
}

/** Text, which a config file may also give as a number. */
function textOrNumber(subject: string, example: string) {
  return z.union([named(subject, example), z.number().transform(String)]);
}

function settingField({ subject, example, initial, choices }: DataSetting<unknown>) {
  const field = choices ? z.enum(choices, choiceError(subject, choices)) : named(subject, example);
  return field.default(initial);
}

function choiceError(subject: string, choices: readonly string[]) {
  return { error: `${subject} must be one of ${choices.join(', ')}; try ${choices[0]}` };
}

function number(rule: string, holds: (value: number) => boolean, remedy: Remedy) {
  const error = (issue: { input?: unknown }): string => `${rule}; ${remedy(issue.input)}`;
  return z.number({ error }).refine(holds, { error });
}

function count(subject: string, most: number, example: string) {
  const holds = (value: number): boolean => isWhole(value) && value >= 1 && value <= most;
  return number(`${subject} must be a whole number from 1 to ${most}`, holds, fixed(example));
}

function fixed(value: string): Remedy {
  return () => `try ${value}`;
}

function isInterval(value: string): boolean {
  return value === 'auto' || /^[1-9]\d{0,8}$/.test(value);
}

function isNonNegative(value: number): boolean {
  return value >= 0;
}

function isShare(value: number): boolean {
  return value > 0 && value <= 1;
}

function isBelowOne(value: number): boolean {
  return value >= 0 && value < 1;
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isSeed(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= largestSeed;
}

function isBatch(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 16 && value % 16 === 0;
}

function nearestBatches(value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `try ${defaultConfig.batch}`;
  const lower = Math.floor(value / 16) * 16;
  return lower < 16 ? 'try 16' : `try ${lower} or ${lower + 16}`;
}
