import type { Command } from 'commander';
import { ExplainedError, RequestError } from '../../src/errors.ts';
import { isRefusal, refused } from '../../src/files/refusals.ts';

/** Runs a script's command as the command line runs its own: an error that is explained has no stack, a wrong request code 2. */
export async function runScript(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof ExplainedError || isRefusal(error))) throw error;
    const text = isRefusal(error) ? refused(error) : error.message;
    process.stderr.write(`${program.name()}: ${text}\n`);
    process.exitCode = error instanceof RequestError ? 2 : 1;
  }
}
