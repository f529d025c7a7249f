import { option, RequestError } from '../errors.ts';
import { writeWhole } from '../runs/atomic.ts';
import { StorageError } from '../runs/storing.ts';

/**
 * Writes a picture where the flag `--out` says.
 *
 * @throws RequestError where the system refuses
 */
export async function writePicture(path: string, picture: Uint8Array | string): Promise<void> {
  try {
    await writeWhole(path, picture);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new RequestError(`--out ${error.worded(option)}, or name another file`);
  }
}
