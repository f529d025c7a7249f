import { RequestError } from '../errors.ts';

/** Why `work` was refused, or null when it was not. */
export async function problemOf(work: () => unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof RequestError) return error.message;
    throw error;
  }
}
