#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ExplainedError, RequestError } from '../errors.ts';
import { flagNamed } from './naming.ts';
import { heedReader, ignoreReader } from './output.ts';
import { buildProgram } from './program.ts';

const failed = 1;
const wrongRequest = 2;

process.stdout.on('error', heedReader);
process.stderr.on('error', ignoreReader);

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
