import { RasterPen } from './dotPen.ts';
import { pixelsUrl, renderSvg } from './render.ts';
import { resolution, type Sheet, sheetSvg } from './sheet.ts';

/** Draws a sheet and encodes it as PNG. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const open = (width: number, height: number) => {
    const pen = new RasterPen(width, height);
    return { canvas: { pen, width, height }, pen };
  };
  const svg = await sheetSvg(sheet, open, ({ pen, width, height }) =>
    pixelsUrl(pen.pixels, width, height),
  );
  return renderSvg(svg, resolution);
}
