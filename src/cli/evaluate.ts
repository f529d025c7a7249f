import { resolve } from 'node:path';
import type { SplitName } from '../data/dataset.ts';
import type { CheckpointChoice } from '../runs/checkpoint.ts';
import { type OpenRun, openRun } from '../runs/open.ts';
import {
  keptPredictions,
  predict,
  type RunPredictions,
  writePredictions,
} from '../runs/predictions.ts';
import { finishedRun } from '../runs/result.ts';
import { StorageError } from '../runs/storing.ts';
import { type Assessment, assess } from '../statistics/assessment.ts';
import { columns, lossText, percent, wholeNumber } from '../text/text.ts';
import { confusionTable, writeClassFigures } from './classFiles.ts';
import { assessmentText } from './classTable.ts';
import type { EvaluateFlags } from './commands/evaluate.ts';
import { printNote, printResult } from './output.ts';
import { writeAt, writeFileAt } from './places.ts';

/** `shakelab evaluate`: a run on a split, without shaking: error, each class, calibration. */
export async function evaluate(folder: string, flags: EvaluateFlags): Promise<void> {
  const { split, data: dataFolder, threads, checkpoint, json, csv, figures } = flags;
  const run = await openRun(folder, { dataFolder, threads, checkpoint });
  try {
    run.notes.forEach(printNote);
    const { loss, error } = await run.trainer.evaluate(split);
    const { dataset } = run;
    const { classNames } = dataset;
    const found = await assessed(folder, run, flags);
    const files = csv ? [resolve(csv)] : [];
    if (csv) await writeFileAt('csv', files[0], confusionTable(found.confusion, classNames));
    if (figures) {
      const write = () => writeClassFigures(resolve(figures), found, dataset, split);
      files.push(...(await writeAt('figures', 'folder', write)));
    }
    const { step, steps } = run.trainer;
    const measures = { [`${split}Loss`]: loss, [`${split}Error`]: error };
    const kept = files.length > 0 ? { files } : {};
    const numbers = { folder, step, steps, ...measures, classNames, ...found, ...kept };
    printResult(json, numbers, () => {
      const parts = [
        runRows(run, { split, loss, error }, found),
        assessmentText(found, classNames),
      ];
      return [...parts, files.join('\n')].join('\n\n').trimEnd();
    });
  } finally {
    run.trainer.close();
  }
}

/** What the net says of a split's samples, put together; a temperature is fitted on none of its own. */
async function assessed(folder: string, run: OpenRun, flags: EvaluateFlags): Promise<Assessment> {
  const { split, checkpoint } = flags;
  if (split === 'validation') return assess(await run.trainer.predict(split));
  const { test, validation } = (await predictionsOf(folder, run, checkpoint)).splits;
  return assess(split === 'test' ? test : await run.trainer.predict(split), { validation });
}

/** Those that are kept, or new ones, which a trained run keeps unless a checkpoint is asked for by name. */
async function predictionsOf(
  folder: string,
  run: OpenRun,
  checkpoint?: CheckpointChoice,
): Promise<RunPredictions> {
  const kept = await keptPredictions(folder, run.trainer.step);
  if (kept) return kept;
  const predictions = await predict(run);
  const own = checkpoint === undefined && (await finishedRun(folder));
  if (own) await writePredictions(folder, predictions).catch(noteRefusal);
  return predictions;
}

/** A folder that nothing can be written into can be evaluated all the same. */
function noteRefusal(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
  printNote(error.message);
}

function runRows(
  { config, dataset, trainer }: OpenRun,
  { split, loss, error }: { split: SplitName; loss: number; error: number },
  { balancedAccuracy }: Assessment,
): string {
  const { net, layout, mixing, seed, fold } = config;
  const tested =
    split === 'test' && fold !== null ? `training images in fold ${fold}` : `${split} images`;
  const balanced = balancedAccuracy === null ? '–' : percent(100 * (1 - balancedAccuracy.share));
  const rows = [
    ['run', `${net}, ${layout}, ${mixing}, seed ${seed}`],
    ['images', `${wholeNumber(dataset[split]!.count)} ${tested} of ${dataset.title}`],
    ['step', `${wholeNumber(trainer.step)} of ${wholeNumber(trainer.steps)}`],
    [`${split} loss`, lossText(loss)],
    [`${split} error`, percent(error)],
    ['balanced error', `${balanced}, the mean over the classes`],
  ];
  return columns(rows);
}
