import { openRun } from '../runs/open.ts';
import { columns, lossText, percent, wholeNumber } from '../text/text.ts';
import { printNote, printResult } from './output.ts';

/** The flags of the commands that open a run. */
export interface RunFlags {
  data?: string;
  threads?: number;
  json?: boolean;
}

/** `shakelab evaluate`: loss and error of a run on the test images, without shaking. */
export async function evaluate(folder: string, { data, threads, json }: RunFlags): Promise<void> {
  const { config, dataset, trainer, notes } = await openRun(folder, { dataFolder: data, threads });
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
