/**
 * The request was wrong: an unknown name, a bad flag, missing or damaged data.
 * The message names subject, value, rule and remedy, for example
 * `--batch 100: the batch size must be a multiple of 16; try 96 or 112`.
 * The command line prints it without a stack and exits with code 2.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}
