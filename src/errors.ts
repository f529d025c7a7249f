/** Characters for private use, in which no text is written, enclose an option's name within one. */
const [before, after] = ['\uE000', '\uE001'];
const marked = new RegExp(`${before}(\\w+)${after}`, 'g');

/** An option of the library within an error's text; whoever tells the error knows it by its own name. */
export const option = (name: string): string => `${before}${name}${after}`;

/** What an option is called where a text is read: `--lr` on the command line. */
export type Naming = (name: string) => string;

/** An option by the library's own name. */
const asItIs: Naming = (name) => name;

/** A text with the options in it as `nameOf` names them. */
export const worded = (text: string, nameOf: Naming = asItIs): string =>
  text.replace(marked, (_, name: string) => nameOf(name));

/**
 * What went wrong, told to a user, who needs no stack. Its text names options by `option`; `message`
 * has their names in the library, and `worded` those that somebody else knows them by.
 */
export class ExplainedError extends Error {
  readonly #text: string;

  constructor(text: string) {
    super(worded(text));
    this.#text = text;
  }

  /** The message with options as `nameOf` names them; `option` itself keeps them for a text around it. */
  worded(nameOf: Naming): string {
    return worded(this.#text, nameOf);
  }
}

/**
 * The request was wrong: an unknown name, a bad option, missing or damaged data.
 * The message names subject, value, rule and remedy, for example
 * `batch 100: the batch size must be a multiple of 16; try 96 or 112`.
 * The command line prints it with its flags' names, without a stack, and exits with code 2.
 */
export class RequestError extends ExplainedError {
  override readonly name = 'RequestError';
}
