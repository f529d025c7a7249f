import {
  parseSpectrogram,
  type SpectrogramParameters,
  spectrogramDefaults,
  spectrogramText,
} from './audio/parameters.ts';
import { type FieldChoice, parseField } from './fieldChoice.ts';
import { noGroups } from './groups.ts';
import {
  channelChoices,
  type ImageChannels,
  type ImageRange,
  type ImageSize,
  imageRangeText,
  imageSizeText,
  parseImageChannels,
  parseImageRange,
  parseImageSize,
} from './imageForm.ts';

/** A setting's text: one of its values, where these are texts. */
type TextOf<Value> = [Value] extends [string] ? Value : string;

/** A setting of how data are read, as a user meets it and as a reader takes it. */
export interface DataSetting<Value> {
  flag: string;
  argument: string;
  help: string;
  /** The text where nothing is said. */
  initial: TextOf<Value>;
  /** What errors call it, and a text that would do. */
  subject: string;
  example: string;
  /** All that may be said, where that is little. */
  choices?: readonly string[];
  /** @throws RequestError with the rule and the remedy */
  parse(text: string): Value;
  /** The one text of a value, which a run records. */
  text(value: Value): string;
}

/** What the readers of data take. */
export interface SettingValues {
  imageSize: ImageSize | 'auto';
  imageChannels: ImageChannels;
  imageRange: ImageRange;
  spectrogram: SpectrogramParameters;
  pictureField: FieldChoice;
  labelField: FieldChoice;
  groupField: FieldChoice;
}

/**
 * Every setting of how data are read. A run's config and its schema, the flags, `OpenOptions`, the
 * canonical texts and the keys of caches all follow from this table, and pages read it too: so it
 * may import nothing that only Node has.
 */
export const dataSettings: {
  readonly [Name in keyof SettingValues]: DataSetting<SettingValues[Name]>;
} = {
  imageSize: {
    flag: 'image-size',
    argument: 'size',
    help: 'for a folder of images: bring them to 32, or 32x48 (height x width)',
    initial: 'auto',
    subject: 'the image size',
    example: '32',
    parse: parseImageSize,
    text: imageSizeText,
  },
  imageChannels: {
    flag: 'image-channels',
    argument: 'kind',
    help: `for a folder of images: ${channelChoices.join(', ')}`,
    initial: 'auto',
    subject: 'the image channels',
    example: 'auto',
    choices: channelChoices,
    parse: parseImageChannels,
    text: (channels) => channels,
  },
  imageRange: {
    flag: 'image-range',
    argument: 'range',
    help: 'for images deeper than 8 bits: full (scale), auto, or black and white as in 0:4095',
    initial: 'full',
    subject: 'the image range',
    example: 'auto',
    parse: parseImageRange,
    text: imageRangeText,
  },
  spectrogram: {
    flag: 'spectrogram',
    argument: 'parameters',
    help: 'for a folder of sound clips: rate in Hz, window and hop in ms, mel bands, frames, …',
    initial: spectrogramText(spectrogramDefaults),
    subject: 'the spectrogram',
    example: 'mels=40',
    parse: parseSpectrogram,
    text: spectrogramText,
  },
  pictureField: {
    flag: 'picture-field',
    argument: 'name',
    help: 'for tables, arrays and tars: the column, key or ending that holds the pictures',
    initial: 'auto',
    subject: 'the field of the pictures',
    example: 'image',
    parse: (text) => parseField(text, 'pictureField'),
    text: (field) => field,
  },
  labelField: {
    flag: 'label-field',
    argument: 'name',
    help: 'for tables, arrays and tars: the column, key or ending that holds the labels',
    initial: 'auto',
    subject: 'the field of the labels',
    example: 'label',
    parse: (text) => parseField(text, 'labelField'),
    text: (field) => field,
  },
  groupField: {
    flag: 'group-field',
    argument: 'name',
    help: 'keep what is alike here on one side of every division: a column, or folder below the class',
    initial: noGroups,
    subject: 'the field of the groups',
    example: 'folder',
    parse: (text) => parseField(text, 'groupField'),
    text: (field) => field,
  },
};

export type SettingName = keyof SettingValues;

/** The settings as texts. */
export type DataSettings = {
  [Name in SettingName]: TextOf<SettingValues[Name]>;
};

/** The settings' names in the order of every listing. */
export const settingNames = Object.keys(dataSettings) as SettingName[];

/** A setting by its name, whatever its values. */
export const settingNamed = (name: SettingName): DataSetting<unknown> =>
  dataSettings[name] as DataSetting<unknown>;

const forEach = (make: (name: SettingName) => unknown) =>
  Object.fromEntries(settingNames.map((name) => [name, make(name)]));

/** What is said where nothing is. */
export const defaultSettings = forEach((name) => settingNamed(name).initial) as DataSettings;

/** The settings among other things, such as a run's config. */
export const settingsIn = (texts: DataSettings): DataSettings =>
  forEach((name) => texts[name]) as DataSettings;

/** The values of all settings. @throws RequestError for a text that does not fit */
export const settingValues = (texts: Partial<DataSettings>): SettingValues =>
  forEach((name) =>
    settingNamed(name).parse(texts[name] ?? defaultSettings[name]),
  ) as unknown as SettingValues;

/** The one text of each setting. @throws RequestError for a text that does not fit */
export const canonicalSettings = (texts: DataSettings): DataSettings =>
  forEach((name) => settingNamed(name).text(settingNamed(name).parse(texts[name]))) as DataSettings;
