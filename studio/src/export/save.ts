import type { ExportItem } from '../components/ExportMenu.tsx';

/** Hands the reader a file. */
function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Saves an SVG document. */
export function saveSvg(name: string, svg: string): void {
  saveFile(`${name}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
}

/** Saves a table. */
export function saveCsv(name: string, table: string): void {
  saveFile(`${name}.csv`, new Blob([table], { type: 'text/csv' }));
}

/** Saves what a canvas shows. */
export async function savePng(name: string, canvas: HTMLCanvasElement): Promise<void> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('the picture is too large for this browser; choose fewer runs');
  saveFile(`${name}.png`, blob);
}

/** Saves an SVG document as PNG, twice as fine. */
async function saveSvgAsPng(name: string, svg: string): Promise<void> {
  const image = new Image();
  const source = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(source);
  await savePng(name, canvas);
}

/** The ways to save a figure that is drawn as an SVG document. */
export function svgExports(name: string, draw: () => Promise<string> | string): ExportItem[] {
  return [
    { format: 'PNG', run: async () => saveSvgAsPng(name, await draw()) },
    { format: 'SVG', run: async () => saveSvg(name, await draw()) },
  ];
}
