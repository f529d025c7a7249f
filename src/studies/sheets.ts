import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import { variedSamples } from '../data/samples.ts';
import { drawContactSheet, rowsWithin } from '../figures/contactSheet.ts';
import { makeFolder } from '../files/folders.ts';
import { writeWhole } from '../runs/atomic.ts';
import type { RunConfig } from '../runs/fields.ts';
import { storing } from '../runs/storing.ts';
import type { ReportFigure } from './report/figures.ts';

/** Images of a sheet, and epochs whose versions of them stand beside them. */
const shown = { count: 8, epochs: 9 };
/** A sheet takes four bytes of each while it is drawn. */
const mostPixels = 2e7;

type Runs = readonly { config: RunConfig }[];

/** A config of each way of varying images, in the order in which the runs have them. */
const waysOf = (runs: Runs): RunConfig[] => [
  ...new Map(runs.map(({ config }) => [config.augment, config])).values(),
];

const sheetPath = (out: string, place: number): string =>
  join(out, 'augmentation', `${place + 1}.png`);

/**
 * Draws what training sees, for each way of varying images that the runs have, as long as the data are open;
 * the report is made of the folder alone. What is drawn already stays; of very large images there is none.
 */
export async function keepSheets(out: string, dataset: Dataset, runs: Runs): Promise<void> {
  const count = Math.min(shown.count, rowsWithin(mostPixels, dataset, shown.epochs));
  if (count === 0) return;
  for (const [place, config] of waysOf(runs).entries()) {
    const path = sheetPath(out, place);
    const varied = existsSync(path) ? null : variedSamples(dataset, config, { ...shown, count });
    if (!varied) continue;
    const samples = varied.samples.map(({ className: name, ...own }) => ({ name, ...own }));
    const heading = `${dataset.title}: ${varied.way}`;
    await storing(out, () => makeFolder(dirname(path)));
    await writeWhole(path, await drawContactSheet({ heading, size: dataset, samples }));
  }
}

/** The sheets that a study's folder keeps, as figures of its report. */
export async function sheetFigures(out: string, runs: Runs): Promise<ReportFigure[]> {
  const ways = [...waysOf(runs).entries()].filter(([place]) => existsSync(sheetPath(out, place)));
  return Promise.all(ways.map(([place, { augment }]) => sheetFigure(out, place, augment)));
}

async function sheetFigure(out: string, place: number, augment: string): Promise<ReportFigure> {
  return {
    file: `augmentation-${place + 1}.png`,
    content: await readFile(sheetPath(out, place)),
    section: 'augmentation',
    width: 'wide',
    title: augment === 'auto' ? 'As is usual for the data' : augment,
    caption: `Training images, and beside each what training sees of it in its first ${shown.epochs} epochs.`,
    alternative: `Training images and what ${augment} makes of them`,
  };
}
