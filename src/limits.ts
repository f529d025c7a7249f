/**
 * The most that may be asked for: far beyond what anybody trains, and little enough to be planned or
 * refused at once. Errors name them.
 */
export const limits = {
  /** Letters of any text of a config: a layout, a law, a path. */
  text: 4096,
  /** Steps of a layout, and of all blocks of a net together. */
  layoutSteps: 256,
  netSteps: 4096,
  branches: 64,
  /** Channels of a tensor of a net, all branches together. */
  channels: 1_048_576,
  features: 65_536,
  trainSize: 100_000_000,
  epochs: 1_000_000,
  /** Images a step. */
  batch: 65_536,
  /** Pixels along a side of the square that is cut out. */
  cutout: 4096,
  /** Of the native machine. */
  threads: 1024,
  /** Letters of a value that a message repeats. */
  shown: 200,
} as const;

/** A value as a message repeats it: a long one by its beginning and its length. */
export const shown = (text: string): string =>
  text.length <= limits.shown
    ? text
    : `${text.slice(0, limits.shown - 40)}… (${text.length} letters)`;

/** A text and, below it, what a message points at; of a long text the part around that. */
export function pointerTo(text: string, column: number, length: number): string {
  const from = text.length > limits.shown ? Math.max(0, column - limits.shown / 2) : 0;
  const line = text.slice(from, from + limits.shown);
  const carets = Math.min(Math.max(1, length), Math.max(1, line.length - (column - from)));
  return `  ${line}\n  ${' '.repeat(column - from)}${'^'.repeat(carets)}`;
}
