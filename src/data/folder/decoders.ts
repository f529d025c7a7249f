import type { SpectrogramParameters } from '../audio/parameters.ts';
import { decodeClip } from './clips.ts';
import type { Decoded } from './decoded.ts';
import { decodeImage, type ImageForm } from './images.ts';

/** How files are decoded, in a form that can be sent to another thread and is the key of a cache. */
export type Decoding =
  | { medium: 'images'; version: number; form: ImageForm }
  | { medium: 'clips'; version: number; parameters: SpectrogramParameters };

/** The decoder of one file. @throws RequestError naming a file that is no whole one */
export function decoderOf(decoding: Decoding): (bytes: Buffer, path: string) => Promise<Decoded> {
  if (decoding.medium === 'images') {
    return (bytes, path) => decodeImage(bytes, path, decoding.form);
  }
  return decodeClip(decoding.parameters);
}
