import { z } from 'zod';
import { RequestError } from '../../errors.ts';
import { defaultSpectrogram, type SpectrogramParameters, spectrogramDefaults } from '../options.ts';

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};

const milliseconds = () => {
  const error = 'must be a number of milliseconds above 0 and up to 1000';
  return z.coerce.number({ error }).gt(0, { error }).max(1000, { error });
};

const framesError = 'must be auto or a whole number from 4 to 4096';

const schema: z.ZodType<SpectrogramParameters> = z.strictObject({
  rate: whole(1000, 192_000),
  window: milliseconds(),
  hop: milliseconds(),
  mels: whole(4, 512),
  frames: z.union([z.literal('auto'), whole(4, 4096)], { error: framesError }),
  range: whole(1, 200),
  level: z.enum(['clip', 'full'], { error: 'must be clip or full' }),
});

/**
 * Reads the parameters of spectrograms, such as `rate=8000,mels=40,frames=100`; those left out
 * have their defaults.
 *
 * @throws RequestError naming the parameter that does not fit
 */
export function parseSpectrogram(text: string): SpectrogramParameters {
  const given = Object.fromEntries(text.split(',').flatMap((part) => entryOf(text, part)));
  const { data, error } = schema.safeParse({ ...spectrogramDefaults, ...given });
  if (error) throw refusal(text, `${String(error.issues[0].path[0])} ${error.issues[0].message}`);
  if (data.hop <= data.window) return data;
  throw refusal(text, `a hop of ${data.hop} ms skips what lies between the windows`);
}

function entryOf(text: string, part: string): string[][] {
  if (part === '') return [];
  const [key, value] = part.split('=', 2);
  if (Object.hasOwn(spectrogramDefaults, key) && value !== undefined) return [[key, value]];
  throw refusal(text, `'${part}' is not a parameter with a value`);
}

function refusal(text: string, rule: string): RequestError {
  return new RequestError(
    `--spectrogram ${text}: ${rule}; the parameters and their defaults are ${defaultSpectrogram}`,
  );
}
