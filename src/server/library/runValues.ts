import type { Row } from '../../options/conditions.ts';
import type { RunSummary } from './runSummary.ts';

/**
 * What lists of runs can be filtered and sorted by: every setting by its name in the config, where the run
 * stands, what people said of it, and its results, errors in percent. Of a run that chose by validation the
 * errors are those of its best epoch. Pages run this too.
 */
export function runValues({ config, progress, lastEpoch, best, ...run }: RunSummary): Row {
  const { name, state, study, tags, note, archived, startedAt, imagesPerSecond } = run;
  const { epoch = null, step = null } = progress ?? {};
  const { trainLoss, trainError, validationLoss, validationError, testLoss, testError } = {
    ...(best ?? lastEpoch),
  } as Partial<NonNullable<RunSummary['lastEpoch']>>;
  return {
    ...(config as Row | null),
    ...{ name, state, study: study !== null, tags, note, archived, startedAt, imagesPerSecond },
    ...{ epoch, step, bestEpoch: best?.epoch ?? null },
    trainLoss: trainLoss ?? null,
    trainError: trainError ?? null,
    validationLoss: validationLoss ?? null,
    validationError: validationError ?? null,
    testLoss: testLoss ?? null,
    testError: testError ?? null,
  };
}

/** The names of the results among them, in the order of a table. */
export const resultNames = [
  ...['trainLoss', 'trainError', 'validationLoss', 'validationError', 'testLoss', 'testError'],
  ...['epoch', 'step', 'bestEpoch', 'imagesPerSecond', 'startedAt'],
] as const;

/** Whatever else is said of a run. */
export const standingNames = ['name', 'state', 'study', 'tags', 'note', 'archived'] as const;
