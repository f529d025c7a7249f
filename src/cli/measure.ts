import { resolve } from 'node:path';
import { drawPasses } from '../figures/embeddings.ts';
import { writeWhole } from '../runs/atomic.ts';
import { measureRun, type RunMeasures } from '../studies/measureRun.ts';
import type { RunFlags } from './evaluate.ts';
import { printNote, printResult } from './output.ts';
import { columns, percent, wholeNumber } from './text.ts';

/** The flags of `measure`. */
export interface MeasureFlags extends RunFlags {
  picture?: string;
}

/** `shakelab measure`: every measure of a run's representation, and a picture of it. */
export async function measure(folder: string, flags: MeasureFlags): Promise<void> {
  const { data: dataFolder, threads, json, picture } = flags;
  const measured = await measureRun(folder, { dataFolder, threads });
  measured.notes.forEach(printNote);
  const { observations, dataset, notes, ...numbers } = measured;
  if (picture) await writeWhole(resolve(picture), drawPasses(observations, dataset.classNames));
  printResult(json, { folder, ...numbers, ...(picture && { picture: resolve(picture) }) }, () =>
    measureText(measured),
  );
}

function measureText({ paper, representation, dimensions, ...run }: RunMeasures): string {
  const { scatter, neuralCollapse: collapse } = representation;
  const heading = `step ${wholeNumber(run.step)} of ${wholeNumber(run.steps)}, ${dimensions} features`;
  const within = paper.compactness.within[2];
  const rows: [string, string][] = [
    ['test error', percent(run.testError)],
    ['error of 5 nearest neighbours', percent(representation.neighbourError)],
    ['training samples within 0.3', percent(within)],
    ['coverage, train / evaluate mode', number(paper.coverage)],
    ['margin, training / test samples', `${number(paper.margin)} / ${number(paper.testMargin)}`],
    ['deviation of angles', number(paper.angleDeviation, 1)],
    ['isotropy of class centres', number(paper.isotropy)],
    ['within / between scatter', number(scatter.ratio, 4)],
    ['NC1, within-class variability', number(collapse.variability, 4)],
    ['NC2, norms of centres', number(collapse.norms, 4)],
    ['NC2, equal angles', number(collapse.angles, 4)],
    ['NC2, widest angles', number(collapse.simplex, 4)],
    ['NC3, centres and class vectors', number(collapse.duality, 4)],
    ['NC4, nearest centre decides otherwise', share(collapse.nearestCentre)],
    ['alignment', number(representation.alignment, 4)],
    ['uniformity', number(representation.uniformity, 4)],
  ];
  return `${heading}\n${columns(rows, ['left', 'right'])}`;
}

const number = (value: number | null, digits = 2): string => value?.toFixed(digits) ?? '-';

const share = (value: number | null): string => (value === null ? '-' : percent(value));
