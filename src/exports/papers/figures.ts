import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { option, RequestError } from '../../errors.ts';
import { givenFont, type PdfFont } from '../../figures/pdf/fonts.ts';
import { pngPdf, svgPdf } from '../../figures/pdf/pdf.ts';
import { mostBytes, readBounded, readText } from '../../files/read.ts';
import type { ExportedFile, FilesOfStudy } from '../formats.ts';

/**
 * The figures of a study's report, each as a PDF of its name: of the drawing where there is one, else of the pixels.
 *
 * @throws RequestError where the folder has none, or for letters that no font has
 */
export const pdfFiles: FilesOfStudy = async (folder, { font } = {}) => {
  const figures = join(folder, 'figures');
  const files = await readdir(figures).catch((): string[] => []);
  const names = [...new Set(files.filter(isDrawn).map((file) => basename(file, extname(file))))];
  if (names.length === 0) {
    const remedy =
      'give the folder of a study with a report; --report-only of its command writes one';
    throw new RequestError(`${figures}: no figures are there; ${remedy}`);
  }
  const given = font === undefined ? undefined : await fontIn(font);
  return Promise.all(
    names.sort().map(async (name): Promise<ExportedFile> => {
      const options = { title: name, font: given };
      const path = (kind: string) => join(figures, `${name}${kind}`);
      const content = files.includes(`${name}.svg`)
        ? await svgPdf(await readText(path('.svg'), mostBytes.report), options)
        : await pngPdf(await readBounded(path('.png'), mostBytes.report), options);
      return { name: `${name}.pdf`, content };
    }),
  );
};

const isDrawn = (file: string): boolean => ['.svg', '.png'].includes(extname(file));

async function fontIn(path: string): Promise<PdfFont> {
  const file = await readBounded(path, mostBytes.report).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RequestError) throw error;
    throw new RequestError(
      `${option('font')} ${path}: cannot be read (${error.code}); name a font's file, such as a .ttf`,
    );
  });
  return givenFont(file, path);
}
