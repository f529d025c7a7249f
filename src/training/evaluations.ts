/** Every so many epochs, or as often as it costs at most a fifth of the time. */
export type EvaluateEvery = number | 'auto';

/** A forward pass takes about a third of a training step's time. */
const costOfEvaluating = 1 / 3;

/** What evaluating by itself may cost, as a share of the training's time. */
const affordableShare = 1 / 5;

/**
 * After how many epochs an evaluation comes, by the counts of images alone: the same on every machine.
 *
 * @param trained images of an epoch
 * @param seen images of an evaluation, with those that statistics are measured of before it
 */
export function epochsBetween(every: EvaluateEvery, trained: number, seen: number): number {
  if (every !== 'auto') return every;
  const share = (costOfEvaluating * seen) / trained;
  return Math.max(1, Math.ceil(share / affordableShare));
}

/** Whether an epoch, counted from 1, ends with an evaluation; the last one always does. */
export const isEvaluated = (epoch: number, epochs: number, between: number): boolean =>
  epoch % between === 0 || epoch === epochs;
