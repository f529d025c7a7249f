import { openRun } from '../runs/open.ts';
import { columns, lossText, percent, wholeNumber } from '../text/text.ts';
import type { EvaluateFlags } from './commands/evaluate.ts';
import { printNote, printResult } from './output.ts';

/** `shakelab evaluate`: loss and error of a run on the test images, without shaking. */
export async function evaluate(folder: string, flags: EvaluateFlags): Promise<void> {
  const { data: dataFolder, threads, json } = flags;
  const { config, dataset, trainer, notes } = await openRun(folder, { dataFolder, threads });
  try {
    notes.forEach(printNote);
    const { loss: testLoss, error: testError } = await trainer.evaluate('test');
    const { step, steps } = trainer;
    printResult(json, { folder, step, steps, testLoss, testError }, () => {
      const { net, layout, mixing, seed } = config;
      const rows = [
        ['run', `${net}, ${layout}, ${mixing}, seed ${seed}`],
        ['images', `${wholeNumber(dataset.test.count)} test images of ${dataset.title}`],
        ['step', `${wholeNumber(step)} of ${wholeNumber(steps)}`],
        ['test loss', lossText(testLoss)],
        ['test error', percent(testError)],
      ];
      return columns(rows, ['left', 'left']);
    });
  } finally {
    trainer.close();
  }
}
