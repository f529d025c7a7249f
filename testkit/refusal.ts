import { RequestError } from '../src/errors.ts';

/** What some work is refused with. @throws Error where it is not refused */
export function refusal(work: () => unknown): RequestError {
  try {
    work();
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('the work was not refused');
}
