import {
  type ConfigKey,
  configKeys,
  defaultConfig,
  type RunConfig,
} from '../../../../src/runs/fields.ts';

/** A config as a form holds it: text, empty where the default is meant. */
export type FormValues = Partial<Record<ConfigKey, string>>;

/** The settings that the form shows first. */
export const mainKeys: readonly ConfigKey[] = [
  'dataset',
  'net',
  'mixing',
  'features',
  'trainSize',
  'validation',
  'epochs',
  'seed',
];

/** The defaults, with features that can be drawn as a plane, on data that is always at hand. */
export const firstValues: FormValues = {
  ...Object.fromEntries(configKeys.map((key) => [key, String(defaultConfig[key] ?? '')])),
  dataset: 'digits',
  features: '2',
};

/** Whether a data set is a path to data of one's own, as the program tells. */
export const isPath = (dataset = ''): boolean => /^(folder:|\.)|[/\\]/.test(dataset);

/** What the reading of data depends on. */
export const dataKey = ({
  dataset,
  imageSize,
  imageChannels,
  imageRange,
  spectrogram,
  pictureField,
  labelField,
  groupField,
}: Partial<RunConfig>): string =>
  JSON.stringify([
    ...[dataset, imageSize, imageChannels, imageRange, spectrogram],
    ...[pictureField, labelField, groupField],
  ]);

/** What the form asks for; text that should be a number and is none goes along as it is. */
export function configOf(values: FormValues): Partial<RunConfig> {
  const entries = Object.entries(values).flatMap(([key, text]) => {
    const trimmed = text.trim();
    return trimmed === '' ? [] : [[key, formValue(key as ConfigKey, trimmed)]];
  });
  return Object.fromEntries(entries);
}

function formValue(key: ConfigKey, text: string): string | number {
  if (typeof defaultConfig[key] === 'string') return text;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
