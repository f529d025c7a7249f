import { join } from 'node:path';
import { csvFormatRows } from 'd3-dsv';
import type { Dataset, Split, SplitName } from '../data/dataset.ts';
import { splitNamed } from '../data/validation.ts';
import { drawConfusion } from '../figures/confusion.ts';
import { drawReliability } from '../figures/reliability.ts';
import { drawWrongest } from '../figures/wrongest.ts';
import { makeFolder } from '../files/folders.ts';
import { writeWhole } from '../runs/atomic.ts';
import { storing } from '../runs/storing.ts';
import type { Assessment } from '../statistics/assessment.ts';
import { tellFonts } from './fonts.ts';

/** A confusion matrix as CSV: a heading of predicted classes, then a row a true class. */
export function confusionTable(
  confusion: Assessment['confusion'],
  classNames: readonly string[],
): string {
  const rows = confusion.map((row, k) => [classNames[k], ...row.map(String)]);
  return `${csvFormatRows([['true \\ predicted', ...classNames], ...rows])}\n`;
}

/**
 * Writes `confusion.svg`, `reliability.svg` and `wrongest.png` into a folder.
 *
 * @param name of the split whose samples were assessed
 * @returns their paths
 * @throws StorageError where the system refuses
 */
export async function writeClassFigures(
  folder: string,
  found: Assessment,
  dataset: Dataset,
  name: SplitName,
): Promise<string[]> {
  await tellFonts([dataset.title, ...dataset.classNames]);
  await storing(folder, () => makeFolder(folder));
  const files = Object.entries(await figuresOf(found, dataset, splitNamed(dataset, name)));
  const write = async ([name, content]: [string, string | Buffer]) => {
    await writeWhole(join(folder, name), content);
    return join(folder, name);
  };
  return Promise.all(files.map(write));
}

async function figuresOf(
  found: Assessment,
  dataset: Dataset,
  { images, count }: Split,
): Promise<Record<string, string | Buffer>> {
  const { classNames, title } = dataset;
  const size = images.length / count;
  const wrong = found.wrongest.map(({ sample, label, predicted, confidence }) => ({
    image: images.subarray(sample * size, (sample + 1) * size),
    trueClass: classNames[label],
    predictedClass: classNames[predicted],
    confidence,
  }));
  const { confusion } = found;
  return {
    'confusion.svg': drawConfusion({ title: `Confusion matrix, ${title}`, classNames, confusion }),
    'reliability.svg': drawReliability(`Reliability diagram, ${title}`, calibrationsOf(found)),
    'wrongest.png': await drawWrongest(`${title}, most confidently wrong`, dataset, wrong),
  };
}

/** The calibration as trained and, where there is one, with the fitted temperature. */
function calibrationsOf({ calibration, tempered, temperature }: Assessment) {
  const name = `temperature ${temperature?.temperature?.toFixed(2)}`;
  return [
    ...(calibration ? [{ name: 'as trained', calibration }] : []),
    ...(tempered ? [{ name, calibration: tempered }] : []),
  ];
}
