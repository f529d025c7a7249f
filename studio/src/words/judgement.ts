import type { RunSummary } from '../../../src/server/library/runSummary.ts';
import { percent } from '../../../src/text/text.ts';

/** The error that a run is known by: the test of its best epoch, else that of its newest evaluation. */
export interface ShownError {
  title: 'Test error' | 'Validation error';
  /** Percent. */
  error: number;
}

/** A run's error, with the images that it is of; null of a run that nobody evaluated yet. */
export function shownError({
  best,
  lastEpoch,
}: Pick<RunSummary, 'best' | 'lastEpoch'>): ShownError | null {
  if (best) return { title: 'Test error', error: best.testError };
  const { validationError, testError } = lastEpoch ?? {};
  if (validationError !== undefined) return { title: 'Validation error', error: validationError };
  return testError === undefined ? null : { title: 'Test error', error: testError };
}

/** `1.25 %`, with a note where it is not of test images; a dash where there is none. */
export function errorText(run: Pick<RunSummary, 'best' | 'lastEpoch'>): string {
  const shown = shownError(run);
  if (!shown) return '–';
  return `${percent(shown.error)}${shown.title === 'Test error' ? '' : ' val.'}`;
}
