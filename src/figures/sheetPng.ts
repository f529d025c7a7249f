import { RasterPen } from './dotPen.ts';
import { pixelsUrl, renderSvg } from './render.ts';
import { resolution, type Sheet, sheetSvg } from './sheet.ts';

/** Draws a sheet as SVG, its dots a picture in it. */
export function drawSheetSvg(sheet: Sheet): Promise<string> {
  const open = (width: number, height: number) => {
    const pen = new RasterPen(width, height);
    return { canvas: { pen, width, height }, pen };
  };
  return sheetSvg(sheet, open, ({ pen, width, height }) => pixelsUrl(pen.pixels, width, height));
}

/** A sheet's SVG as PNG. */
export const sheetPng = (svg: string): Promise<Buffer> => renderSvg(svg, resolution);

/** Draws a sheet and encodes it as PNG. */
export const drawSheet = async (sheet: Sheet): Promise<Buffer> =>
  sheetPng(await drawSheetSvg(sheet));
