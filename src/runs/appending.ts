import { type FileHandle, open } from 'node:fs/promises';
import { storing } from './storing.ts';

/**
 * Opens a file for appending behind its first `length` bytes; what stands after them is cut off. A file
 * that is not there is made.
 *
 * @throws StorageError where the system refuses; nothing stays open then
 */
export const openBehind = (path: string, length: number): Promise<FileHandle> =>
  storing(path, async () => {
    const file = await open(path, 'a');
    try {
      await file.truncate(length);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  });
