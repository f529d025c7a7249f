import { paintSheet, type Sheet } from '../../../src/figures/sheet.ts';
import { savePng } from './save.ts';

/** Saves panels of embeddings as src/figures draws them for print. */
export function saveSheet(name: string, sheet: Sheet): Promise<void> {
  const canvas = paintSheet(sheet, (width, height) => {
    const blank = document.createElement('canvas');
    blank.width = width;
    blank.height = height;
    return { canvas: blank, pen: blank.getContext('2d')! };
  });
  return savePng(name, canvas);
}
