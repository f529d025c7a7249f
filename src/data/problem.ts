import { type Naming, RequestError } from '../errors.ts';

/** What work gave, or why it was refused. */
export type Outcome<Value> = { value: Value; problem: null } | { value: null; problem: string };

/** Does some work that may be refused; the problem names options as `nameOf` does. */
export async function outcomeOf<Value>(
  work: () => Value | Promise<Value>,
  nameOf?: Naming,
): Promise<Outcome<Value>> {
  try {
    return { value: await work(), problem: null };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { value: null, problem: nameOf ? error.worded(nameOf) : error.message };
  }
}

/** Why `work` was refused, or null when it was not. */
export const problemOf = async (work: () => unknown): Promise<string | null> =>
  (await outcomeOf(work)).problem;
