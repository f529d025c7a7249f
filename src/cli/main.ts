#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ExplainedError, RequestError } from '../errors.ts';
import { isRefusal, refused } from '../files/refusals.ts';
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
  process.exitCode = await report(error);
}

/** Says what went wrong, as far as commander has not, and gives the exit code. */
async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongRequest;
  process.stderr.write(`shakelab: ${await textOf(error)}\n`);
  return error instanceof RequestError ? wrongRequest : failed;
}

/** What an error tells its user, by the names of flags; of this program's own faults the stack. */
async function textOf(error: unknown): Promise<string | undefined> {
  if (isRefusal(error)) return refused(error);
  if (!(error instanceof ExplainedError))
    return error instanceof Error ? error.stack : String(error);
  const { flagNamed } = await import('./naming.ts');
  return error.worded(flagNamed);
}
