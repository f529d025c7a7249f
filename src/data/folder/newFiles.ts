import { stat } from 'node:fs/promises';
import { RequestError } from '../../errors.ts';
import type { Extent } from '../image/range.ts';
import type { ImageChannels, ImageSize } from '../imageForm.ts';
import type { SettingValues } from '../settings.ts';
import { stackClips } from './clips.ts';
import type { DecodedFile } from './decoded.ts';
import { type Decoding, decoderOf } from './decoders.ts';
import { imageDecoding } from './imageFolder.ts';
import { decodeAll } from './pool.ts';
import { clipDecoding, soundFolder } from './soundFolder.ts';
import { stackImages } from './stack.ts';
import { scaleTogether } from './unscaled.ts';

/** The form that a data set's files were brought into, so that others can be brought into it too. */
export interface SeenForm extends ImageSize {
  channels: number;
  /** what the files held, as `Reading` says it; pictures unless they are sound clips */
  holds: string;
  settings: SettingValues;
  /** what became black and white, where all files together told it */
  extent: Extent | null;
}

/** Whether a data set's files are sound clips. */
export const isOfClips = ({ holds }: Pick<SeenForm, 'holds'>): boolean =>
  holds === soundFolder.holds;

/**
 * Reads files as those of the data set were read.
 *
 * @param paths of files in no data set yet
 * @returns of every file its image [channels][height][width], or why there is none
 */
export async function readNewFiles(
  paths: readonly string[],
  form: SeenForm,
): Promise<(Uint8Array | RequestError)[]> {
  const bytes = await sizeOf(paths);
  const files = await decodeAll(paths, decodingOf(form), { bytes, tell: () => {} });
  return files.map((file, i) =>
    file instanceof RequestError ? file : attempt({ ...file.decoded, path: paths[i] }, form),
  );
}

/** Bytes of all files together; those that cannot be looked at are met again where they are read. */
async function sizeOf(paths: readonly string[]): Promise<number> {
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  return found.reduce((sum, file) => sum + (file?.size ?? 0), 0);
}

/**
 * The same of a file in memory.
 *
 * @param name what errors call it
 * @throws RequestError naming it where it cannot be read
 */
export async function readNewBytes(
  bytes: Uint8Array,
  name: string,
  form: SeenForm,
): Promise<Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return inForm({ ...(await decoderOf(decodingOf(form))(buffer, name)), path: name }, form);
}

function decodingOf({ settings, height, width, ...form }: SeenForm): Decoding {
  const { imageChannels: channels, imageRange: range, spectrogram } = settings;
  return isOfClips(form)
    ? clipDecoding(spectrogram)
    : imageDecoding({ size: { height, width }, channels, range });
}

function attempt(file: DecodedFile, form: SeenForm): Uint8Array | RequestError {
  try {
    return inForm(file, form);
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}

/** A decoded file in the form: its black and white, its channels. @throws RequestError naming it */
export function inForm(file: DecodedFile, form: SeenForm): Uint8Array {
  const { settings, width, extent } = form;
  if (isOfClips(form)) return stackClips([file], { ...settings.spectrogram, frames: width }).images;
  if (file.unscaled && !extent) throw refuse(file, 'values deeper than bytes, the run saw bytes');
  refuseBands(file, form);
  const [scaled] = scaleTogether([file], extent);
  return stackImages([scaled], channelsSeen(form, settings)).images;
}

/** Grey where the net sees one channel, colour where it sees three; bands that are no colours as they are. */
export function channelsSeen(
  { channels }: Pick<SeenForm, 'channels'>,
  { imageChannels: asked }: Pick<SettingValues, 'imageChannels'>,
): ImageChannels {
  if (asked !== 'auto') return asked;
  return channels === 1 ? 'grey' : channels === 3 ? 'colour' : 'auto';
}

function refuseBands(file: DecodedFile, form: SeenForm): void {
  const own = file.bands - (file.alpha ? 1 : 0);
  const fits =
    channelsSeen(form, form.settings) === 'auto' ? own === form.channels : own === 1 || own === 3;
  if (!fits) throw refuse(file, `${file.bands} bands, the net sees ${form.channels} channels`);
}

const refuse = ({ path }: DecodedFile, what: string): RequestError =>
  new RequestError(`${path}: holds ${what}; bring it into the form of the run's own files`);
