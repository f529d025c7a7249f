import { option, RequestError } from '../../errors.ts';

/** How sound clips become log-mel spectrograms. */
export interface SpectrogramParameters {
  /** Samples a second; clips of another rate are resampled. */
  rate: number;
  /** Length of the analysed window, in milliseconds. */
  window: number;
  /** From one window's start to the next one's, in milliseconds. */
  hop: number;
  /** Mel bands, the image's rows. */
  mels: number;
  /** The image's columns; `auto` is as many as the longest clip has. */
  frames: number | 'auto';
  /** Decibels from black to white. */
  range: number;
  /** What white is: the clip's own loudest value, or a full-scale sine. */
  level: 'clip' | 'full';
}

/** The parameters where nothing is said. */
export const spectrogramDefaults: SpectrogramParameters = {
  rate: 16_000,
  window: 25,
  hop: 10,
  mels: 64,
  frames: 'auto',
  range: 80,
  level: 'clip',
};

/** The text of all parameters, `rate=16000,window=25,…`. */
export const spectrogramText = (parameters: SpectrogramParameters): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** What a parameter must be, and its value where a text says one. */
interface Rule<Value> {
  rule: string;
  read(text: string): Value | undefined;
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const whole = (least: number, most: number): Rule<number> => ({
  rule: `must be a whole number from ${least} to ${most}`,
  read(text) {
    const value = numberOf(text);
    return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  },
});

const milliseconds: Rule<number> = {
  rule: 'must be a number of milliseconds above 0 and up to 1000',
  read(text) {
    const value = numberOf(text);
    return value > 0 && value <= 1000 ? value : undefined;
  },
};

const rules: { [K in keyof SpectrogramParameters]: Rule<SpectrogramParameters[K]> } = {
  rate: whole(1000, 192_000),
  window: milliseconds,
  hop: milliseconds,
  mels: whole(4, 512),
  frames: {
    rule: 'must be auto or a whole number from 4 to 4096',
    read: (text) => (text === 'auto' ? text : whole(4, 4096).read(text)),
  },
  range: whole(1, 200),
  level: {
    rule: 'must be clip or full',
    read: (text) => (text === 'clip' || text === 'full' ? text : undefined),
  },
};

/**
 * Reads the parameters of spectrograms, such as `rate=8000,mels=40,frames=100`; those left out
 * have their defaults.
 *
 * @throws RequestError naming the parameter that does not fit
 */
export function parseSpectrogram(text: string): SpectrogramParameters {
  const given = Object.fromEntries(text.split(',').flatMap((part) => entryOf(text, part)));
  const parameters: SpectrogramParameters = { ...spectrogramDefaults, ...given };
  if (parameters.hop <= parameters.window) return parameters;
  throw refusal(text, `a hop of ${parameters.hop} ms skips what lies between the windows`);
}

function entryOf(text: string, part: string): [string, number | string][] {
  if (part === '') return [];
  const [key, value] = part.split('=', 2);
  if (!Object.hasOwn(rules, key) || value === undefined) {
    throw refusal(text, `'${part}' is not a parameter with a value`);
  }
  const { rule, read } = rules[key as keyof SpectrogramParameters];
  const found = read(value);
  if (found === undefined) throw refusal(text, `${key} ${rule}`);
  return [[key, found]];
}

function refusal(text: string, rule: string): RequestError {
  return new RequestError(
    `${option('spectrogram')} ${text}: ${rule}; the parameters and their defaults are ` +
      spectrogramText(spectrogramDefaults),
  );
}
