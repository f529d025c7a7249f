import { type Paper, paintSheet, type Sheet, sheetSvg } from '../../../src/figures/sheet.ts';
import type { ExportItem } from '../components/ExportMenu.tsx';
import { savePng, saveSvg } from './save.ts';

/** The ways to save panels of embeddings, as src/figures draws them for print. */
export function sheetExports(name: string, sheet: () => Sheet): ExportItem[] {
  const encode = (canvas: HTMLCanvasElement) => canvas.toDataURL('image/png');
  return [
    { format: 'PNG', run: () => savePng(name, paintSheet(sheet(), openPaper)) },
    { format: 'SVG', run: async () => saveSvg(name, await sheetSvg(sheet(), openPaper, encode)) },
  ];
}

function openPaper(width: number, height: number): Paper<HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return { canvas, pen: canvas.getContext('2d')! };
}
