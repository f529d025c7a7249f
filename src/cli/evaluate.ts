import { resolve } from 'node:path';
import { writeWhole } from '../runs/atomic.ts';
import { type OpenRun, openRun } from '../runs/open.ts';
import {
  keptPredictions,
  predict,
  type RunPredictions,
  writePredictions,
} from '../runs/predictions.ts';
import { StorageError } from '../runs/storing.ts';
import { type Assessment, assess } from '../statistics/assessment.ts';
import { columns, lossText, percent, wholeNumber } from '../text/text.ts';
import { confusionTable, writeClassFigures } from './classFiles.ts';
import { assessmentText } from './classTable.ts';
import type { EvaluateFlags } from './commands/evaluate.ts';
import { printNote, printResult } from './output.ts';

/** `shakelab evaluate`: a run on the test images, without shaking: error, each class, calibration. */
export async function evaluate(folder: string, flags: EvaluateFlags): Promise<void> {
  const { data: dataFolder, threads, json, csv, figures } = flags;
  const run = await openRun(folder, { dataFolder, threads });
  try {
    run.notes.forEach(printNote);
    const { loss: testLoss, error: testError } = await run.trainer.evaluate('test');
    const { classNames } = run.dataset;
    const { test, validation } = (await predictionsOf(folder, run)).splits;
    const found = assess(test, { validation });
    const files = csv ? [resolve(csv)] : [];
    if (csv) await writeWhole(files[0], confusionTable(found.confusion, classNames));
    if (figures) files.push(...(await writeClassFigures(resolve(figures), found, run.dataset)));
    const { step, steps } = run.trainer;
    const kept = files.length > 0 ? { files } : {};
    const numbers = { folder, step, steps, testLoss, testError, classNames, ...found, ...kept };
    printResult(json, numbers, () => {
      const parts = [
        runRows(run, { testLoss, testError }, found),
        assessmentText(found, classNames),
      ];
      return [...parts, files.join('\n')].join('\n\n').trimEnd();
    });
  } finally {
    run.trainer.close();
  }
}

/** Those that are kept, or new ones, which a trained run then keeps. */
async function predictionsOf(folder: string, run: OpenRun): Promise<RunPredictions> {
  const { step, steps } = run.trainer;
  const kept = await keptPredictions(folder, step);
  if (kept) return kept;
  const predictions = await predict(run);
  if (step === steps) await writePredictions(folder, predictions).catch(noteRefusal);
  return predictions;
}

/** A folder that nothing can be written into can be evaluated all the same. */
function noteRefusal(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
  printNote(error.message);
}

function runRows(
  { config, dataset, trainer }: OpenRun,
  { testLoss, testError }: { testLoss: number; testError: number },
  { balancedAccuracy }: Assessment,
): string {
  const { net, layout, mixing, seed } = config;
  const balanced = balancedAccuracy === null ? '–' : percent(100 * (1 - balancedAccuracy.share));
  const rows = [
    ['run', `${net}, ${layout}, ${mixing}, seed ${seed}`],
    ['images', `${wholeNumber(dataset.test.count)} test images of ${dataset.title}`],
    ['step', `${wholeNumber(trainer.step)} of ${wholeNumber(trainer.steps)}`],
    ['test loss', lossText(testLoss)],
    ['test error', percent(testError)],
    ['balanced error', `${balanced}, the mean over the classes`],
  ];
  return columns(rows, ['left', 'left']);
}
