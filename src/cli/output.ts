import { option, RequestError } from '../errors.ts';
import { explain, isRefusal } from '../files/refusals.ts';

/** Prints a command's result: for machines the value as a line of JSON, else its text. */
export function printResult(json: boolean | undefined, value: unknown, text: () => string): void {
  if (json) printJson(value);
  else process.stdout.write(`${text()}\n`);
}

/** @throws RequestError where more than one form is asked for, by the names of their flags */
export function refuseForms(forms: Record<string, boolean | undefined>): void {
  const asked = Object.keys(forms).filter((name) => forms[name]);
  if (asked.length < 2) return;
  const names = asked.map(option).join(' and ');
  throw new RequestError(`${names}: one form at a time; leave one out`);
}

/** Prints a value as a line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Tells what the user should know beside the result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What a reader leaves behind that has gone: `| head`, a terminal that was closed. */
const goneCodes = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'];

let outlives = false;
let complained = false;

/** From now on the command does its work to the end, even if nobody reads what it prints. */
export function outliveReader(): void {
  outlives = true;
}

/**
 * Ends a command whose reader has read enough, with 0, or whose output cannot be written, as to a
 * full disk, with 1; unless there is work to do besides printing.
 */
export function heedReader(error: NodeJS.ErrnoException): void {
  ignoreReader(error);
  const gone = goneCodes.includes(error.code ?? '');
  if (!gone && !complained) printNote(`shakelab: standard output: ${explain(error)}`);
  complained = true;
  if (!outlives) process.exit(gone ? 0 : 1);
}

/** A reader that has gone, or a log that can take no more, is no error of the program's. */
export function ignoreReader(error: NodeJS.ErrnoException): void {
  if (!goneCodes.includes(error.code ?? '') && !isRefusal(error)) throw error;
}
