import { RequestError } from '../../errors.ts';

/** The error for a file that is no such data: subject, what was found and which rule it breaks, remedy. */
export const refusal = (subject: string, what: string, remedy: string): RequestError =>
  new RequestError(`${subject}: ${what}; ${remedy}`);

/**
 * Runs what reads a file by somebody else's code, whose every complaint becomes a refusal.
 *
 * @throws RequestError also where the work throws anything else
 */
export async function refusing<Value>(
  subject: string,
  what: string,
  work: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw refusal(
      subject,
      `${what} (${(error as Error).message})`,
      'write or fetch the file again',
    );
  }
}
