import { extname, resolve } from 'node:path';
import { option, RequestError } from '../errors.ts';
import { writeWhole } from '../runs/atomic.ts';
import { StorageError } from '../runs/storing.ts';

/**
 * Writes where a flag says.
 *
 * @param name the option that names the place
 * @throws RequestError where the system refuses
 */
export async function writeAt<T>(
  name: string,
  place: 'file' | 'folder',
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const remedy = `or name another ${place}`;
    throw new RequestError(`${option(name)} ${error.worded(option)}, ${remedy}`);
  }
}

/** Writes a file where a flag says, as `writeAt` does. */
export const writeFileAt = (
  name: string,
  path: string,
  content: Uint8Array | string,
): Promise<void> => writeAt(name, 'file', () => writeWhole(path, content));

type PictureForm = 'png' | 'svg';

const otherForms = ['png', 'svg', 'pdf', 'jpg', 'jpeg', 'webp', 'gif', 'eps', 'tif', 'tiff'];

/**
 * The path of a picture that a flag names, before the work for it is done.
 *
 * @throws RequestError where its ending is that of another form of pictures
 */
export function picturePath(name: string, path: string, form: PictureForm): string {
  const ending = extname(path).slice(1).toLowerCase();
  if (ending === form || !otherForms.includes(ending)) return resolve(path);
  const rule = `the picture is written as ${form.toUpperCase()}`;
  throw new RequestError(`${option(name)} ${path}: ${rule}; name a file that ends in .${form}`);
}
