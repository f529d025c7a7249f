#!/usr/bin/env node
import { CommanderError } from 'commander';
import { RequestError } from '../errors.ts';
import { buildProgram } from './program.ts';

const failed = 1;
const wrongRequest = 2;

/** Errors that are results of a run, not faults of this program, and need no stack. */
const ownNames = ['NonFiniteLossError', 'StorageError'];

process.stdout.on('error', endWithReader);

try {
  await buildProgram((code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong, as far as commander has not, and gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongRequest;
  const request = error instanceof RequestError;
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const text = request || ownNames.includes(name) ? message : stack;
  process.stderr.write(`shakelab: ${text}\n`);
  return request ? wrongRequest : failed;
}

/** A reader such as `head` that has read enough is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
