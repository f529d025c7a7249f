import { createCanvas } from '@napi-rs/canvas';
import { paintSheet, type Sheet } from './sheet.ts';

/** Draws a sheet and encodes it as PNG. */
export function drawSheet(sheet: Sheet): Buffer {
  const canvas = paintSheet(sheet, (width, height) => {
    const blank = createCanvas(width, height);
    return { canvas: blank, pen: blank.getContext('2d') };
  });
  return canvas.toBuffer('image/png');
}
