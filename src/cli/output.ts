/** Prints a command's result: for machines the value as a line of JSON, else its text. */
export function printResult(json: boolean | undefined, value: unknown, text: () => string): void {
  if (json) printJson(value);
  else process.stdout.write(`${text()}\n`);
}

/** Prints a value as a line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Tells what the user should know beside the result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}
