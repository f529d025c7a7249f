import { embeddingModes } from '../../../../src/figures/embeddingSheets.ts';
import type { ExportItem } from '../../components/ExportMenu.tsx';
import { csvText } from '../../export/csv.ts';
import { saveCsv } from '../../export/save.ts';
import { sheetExports } from '../../export/sheet.ts';
import type { Frame } from './frames.ts';

/** The ways to save a frame: the picture in both modes, and every sample's places. */
export function frameExports(
  run: string,
  { train, evaluate }: Frame,
  step: number,
  classNames: readonly string[],
): ExportItem[] {
  const name = `${run.replaceAll('/', '-')}-step-${step}`;
  const modes = { trainMode: train, evaluateMode: evaluate };
  const rows = () =>
    Array.from({ length: train.count }, (_, i) => [
      classNames[train.labels[i]],
      ...train.features.subarray(2 * i, 2 * i + 2),
      ...evaluate.features.subarray(2 * i, 2 * i + 2),
    ]);
  const heading = ['class', 'train x', 'train y', 'evaluate x', 'evaluate y'];
  return [
    ...sheetExports(name, () => embeddingModes(modes, classNames)),
    { format: 'CSV', run: () => saveCsv(name, csvText(heading, rows())) },
  ];
}
