import { drawPasses } from '../figures/embeddings.ts';
import { measureRun, type RunMeasures } from '../studies/measureRun.ts';
import { measureNames, measures } from '../studies/measures/measures.ts';
import { formatMeasure } from '../studies/report/format.ts';
import { columns, wholeNumber } from '../text/text.ts';
import type { MeasureFlags } from './commands/measure.ts';
import { tellFonts } from './fonts.ts';
import { printNote, printResult } from './output.ts';
import { picturePath, writeFileAt } from './places.ts';

/** `shakelab measure`: every measure of a run's representation, and a picture of it. */
export async function measure(folder: string, flags: MeasureFlags): Promise<void> {
  const { data: dataFolder, threads, checkpoint, json } = flags;
  const picture = flags.picture && picturePath('picture', flags.picture, 'png');
  const measured = await measureRun(folder, { dataFolder, threads, checkpoint });
  measured.notes.forEach(printNote);
  const { embeddings, dataset, notes, ...numbers } = measured;
  if (picture) {
    await tellFonts(dataset.classNames);
    await writeFileAt('picture', picture, await drawPasses(embeddings, dataset.classNames));
  }
  printResult(json, { folder, ...numbers, ...(picture && { picture }) }, () =>
    measureText(measured),
  );
}

function measureText({ paper, representation, dimensions, ...run }: RunMeasures): string {
  const heading = `step ${wholeNumber(run.step)} of ${wholeNumber(run.steps)}, ${dimensions} features`;
  const known = { ...paper, representation, testError: run.testError };
  const rows = measureNames.flatMap((name) => {
    const value = measures[name].read(known);
    return value === null ? [] : [[measures[name].title, formatMeasure(name, value)]];
  });
  return `${heading}\n${columns(rows, ['left', 'right'])}`;
}
