import { type Naming, RequestError } from '../errors.ts';

/** Why `work` was refused, with options as `nameOf` names them, or null when it was not. */
export async function problemOf(work: () => unknown, nameOf?: Naming): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof RequestError) return nameOf ? error.worded(nameOf) : error.message;
    throw error;
  }
}
