import { embeddingGrid } from '../../../../src/figures/embeddingSheets.ts';
import { sharedSquare } from '../../../../src/figures/limits.ts';
import type { Sheet } from '../../../../src/figures/sheet.ts';
import type { ExportItem } from '../../components/ExportMenu.tsx';
import { csvText } from '../../export/csv.ts';
import { saveCsv } from '../../export/save.ts';
import { sheetExports } from '../../export/sheet.ts';
import { columnNote, type FigureKey, figures } from './figures.ts';
import type { RunPlanes } from './planes.ts';

/** The ways to save the embeddings: the figure for print, and every sample's place in it. */
export function embeddingExports(planes: readonly RunPlanes[], figure: FigureKey): ExportItem[] {
  const name = figure === 'modes' ? 'figure-4-modes' : 'figure-3-embeddings';
  return [
    ...sheetExports(name, () => sheetOf(planes, figure)),
    { format: 'CSV', run: () => saveCsv(name, placeTable(planes, figure)) },
  ];
}

function sheetOf(planes: readonly RunPlanes[], figure: FigureKey): Sheet {
  const classNames = planes[0].run.images?.classNames ?? [];
  if (figure === 'train-test') {
    const models = planes.map(({ run, title, trainMode, test }) => {
      const testError = run.best?.testError ?? run.lastEpoch?.testError ?? Number.NaN;
      return { title, testError, train: trainMode, test };
    });
    return embeddingGrid(models, classNames);
  }
  const rowNames = ['Training samples, train mode', 'Training samples, evaluate mode'];
  const columns = planes.map((own) => ({
    heading: own.title,
    subheading: columnNote(own),
    embeddings: [own.trainMode, own.evaluateMode],
    square: sharedSquare([own.trainMode, own.evaluateMode]),
  }));
  return { columns, rowNames, classNames };
}

function placeTable(planes: readonly RunPlanes[], figure: FigureKey): string {
  const rows = planes.flatMap((own) =>
    figures[figure].rows.flatMap(({ name, cloud }) => {
      const { features, labels, predictions, count } = own[cloud];
      return Array.from({ length: count }, (_, i) => [
        ...[own.title, name, i, labels[i], predictions[i]],
        ...[features[2 * i], features[2 * i + 1]],
      ]);
    }),
  );
  return csvText(['run', 'panel', 'image', 'label', 'prediction', 'x', 'y'], rows);
}
