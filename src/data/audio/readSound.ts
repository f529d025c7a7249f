import { RequestError } from '../../errors.ts';
import { isAiff, readAiff } from './aiff.ts';
import { isFlac, isMp3, isOgg, readFlac, readMp3, readOgg } from './packed.ts';
import { resampleSound } from './resample.ts';
import { monoOf, type Sound } from './sound.ts';
import { isWav, readWav } from './wav.ts';

/** The kinds of files, known by their first bytes whatever they are called. */
const kinds: readonly {
  is(bytes: Uint8Array): boolean;
  read(bytes: Uint8Array): Sound | Promise<Sound>;
}[] = [
  { is: isWav, read: readWav },
  { is: isAiff, read: readAiff },
  { is: isFlac, read: readFlac },
  { is: isOgg, read: readOgg },
  { is: isMp3, read: readMp3 },
];

/**
 * The samples of a sound file, its channels averaged, full scale from −1 to 1; resampled where the
 * file has another rate.
 *
 * @param rate samples a second
 * @throws RequestError naming a file that is no whole sound file, holds no samples or some that are
 *   no numbers
 */
export async function readSound(
  bytes: Uint8Array,
  path: string,
  rate: number,
): Promise<Float32Array> {
  try {
    const kind = kinds.find(({ is }) => is(bytes));
    if (!kind) throw new Error('it is neither WAV, AIFF, FLAC, Ogg nor MP3');
    const sound = await kind.read(bytes);
    if (!sound.channels[0]?.length) throw new Error('it holds no samples');
    const mono = monoOf(sound);
    if (!mono.every(Number.isFinite)) throw new Error('some of its samples are no numbers');
    return resampleSound(mono, sound.rate, rate);
  } catch (error) {
    throw new RequestError(
      `${path}: no sound can be read from it (${(error as Error).message}); save it as WAV or FLAC ` +
        'again or remove it',
    );
  }
}
