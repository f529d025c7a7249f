#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ExplainedError, RequestError } from '../errors.ts';
import { flagNamed } from './naming.ts';
import { buildProgram } from './program.ts';

const failed = 1;
const wrongRequest = 2;

process.stdout.on('error', endWithReader);

try {
  const program = await buildProgram(process.argv.slice(2), (code) => {
    process.exitCode = code;
  });
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong, as far as commander has not, and gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongRequest;
  process.stderr.write(`shakelab: ${textOf(error)}\n`);
  return error instanceof RequestError ? wrongRequest : failed;
}

/** What an error tells its user, by the names of flags; of this program's own faults the stack. */
function textOf(error: unknown): string | undefined {
  if (error instanceof ExplainedError) return error.worded(flagNamed);
  return error instanceof Error ? error.stack : String(error);
}

/** A reader such as `head` that has read enough is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
