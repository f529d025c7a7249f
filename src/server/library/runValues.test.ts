import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../testkit/dataFiles.ts';
import { fakeRun } from '../../../testkit/fakeRuns.ts';
import { metricsPath } from '../../runs/metrics.ts';
import { summaryName } from '../../runs/summary.ts';
import { Library } from './library.ts';
import { runValues } from './runValues.ts';

const epoch = (epoch: number, trainError: number, validationError: number) => ({
  ...{ kind: 'epoch', epoch, step: 10 * epoch, trainLoss: trainError / 100, trainError },
  ...{ validationLoss: 1, validationError, imagesPerSecond: 100, seconds: 1 },
});

const ending = {
  ...{ format: 1, ended: 'epochs', epochs: 3, bestEpoch: 2, bestStep: 20 },
  ...{ validationLoss: 1, validationError: 5, testLoss: 2, testError: 6 },
};

test('every result of a run that chose by validation is of the epoch that it chose', async () => {
  const root = await temporaryFolder();
  const folder = join(root, 'chose');
  await fakeRun(folder, { seed: 1, done: 3 });
  const epochs = [epoch(1, 30, 9), epoch(2, 20, 5), epoch(3, 10, 7)];
  const lines = epochs.map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(metricsPath(folder), lines.join(''));
  await writeFile(join(folder, summaryName), JSON.stringify(ending));
  const valuesOf = async () => {
    const library = new Library(root);
    await library.refresh();
    return runValues(library.list()[0]);
  };
  expect(await valuesOf()).toMatchObject({
    ...{ bestEpoch: 2, epoch: 3, trainLoss: 0.2, trainError: 20 },
    ...{ validationLoss: 1, validationError: 5, testLoss: 2, testError: 6 },
  });
  await writeFile(metricsPath(folder), lines[2]);
  expect(await valuesOf()).toMatchObject({ trainLoss: null, trainError: null, testError: 6 });
});
