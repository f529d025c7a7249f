import type { RunConfig } from './fields.ts';
import type { EpochEvent } from './metrics.ts';

/** An epoch that was evaluated on validation images. */
export interface ValidatedEpoch extends EpochEvent {
  validationLoss: number;
  validationError: number;
}

/** Whether an epoch has a validation. */
const isValidated = (epoch: EpochEvent): epoch is ValidatedEpoch =>
  epoch.validationLoss !== undefined && epoch.validationError !== undefined;

/** The epoch of the lowest validation error, of equal ones that of the lowest loss, then the first. */
export const bestOf = (epochs: readonly EpochEvent[]): ValidatedEpoch | null =>
  epochs.filter(isValidated).reduce<ValidatedEpoch | null>(better, null);

function better(best: ValidatedEpoch | null, epoch: ValidatedEpoch): ValidatedEpoch {
  if (!best) return epoch;
  const difference = epoch.validationError - best.validationError || lossOf(epoch) - lossOf(best);
  return difference < 0 ? epoch : best;
}

/** A loss that is not finite is kept as null: it ranks alike before and after it is kept. */
const lossOf = ({ validationLoss }: ValidatedEpoch): number =>
  Number.isFinite(validationLoss) ? validationLoss : Number.MAX_VALUE;

/**
 * Whether a training ends early: its last epoch was validated, and the best one lies `patience` epochs
 * or more behind it. It follows from what is kept, so a resumed run ends where an unbroken one does.
 *
 * @param patience in epochs; 0 never ends it
 */
export function isOutOfPatience(epochs: readonly EpochEvent[], patience: number): boolean {
  const last = epochs.at(-1);
  const best = bestOf(epochs);
  if (patience === 0 || !last || !best || !isValidated(last)) return false;
  return last.epoch - best.epoch >= patience;
}

/** Whether a training has come to its end: its last epoch, or that of its patience. */
export const isFinished = (
  epochs: readonly EpochEvent[],
  { epochs: planned, patience }: Pick<RunConfig, 'epochs' | 'patience'>,
): boolean => epochs.at(-1)?.epoch === planned || isOutOfPatience(epochs, patience);
