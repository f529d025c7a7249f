import { ExplainedError } from '../errors.ts';
import { explain, isRefusal } from '../files/refusals.ts';

/**
 * The system would not store what a run leaves: a full disk, a folder that is read-only or gone.
 * The message names file, reason and remedy; what had been saved before is whole.
 */
export class StorageError extends ExplainedError {
  override readonly name = 'StorageError';
}

/**
 * Lets `write` store something under a path.
 *
 * @throws StorageError where the system refuses
 */
export async function storing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isRefusal(error) ? new StorageError(`${path}: ${explain(error)}`) : error;
  }
}
