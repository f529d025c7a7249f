import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { label, picture } from '../svg.ts';
import { givenFont } from './fonts.ts';
import { pngPdf, svgPdf } from './pdf.ts';

/** A figure that is nothing but a text. */
const figureOf = (text: string, look = {}) =>
  picture({ width: 120, height: 40, title: '' }, label(10, 20, text, look));

/** What a PDF's packed streams hold, fonts among them. */
function streamsOf(pdf: Buffer): string {
  const packed = pdf.toString('latin1').matchAll(/FlateDecode\n>>\nstream\n(.*?)\nendstream/gs);
  return [...packed]
    .map(([, part]) => inflateSync(Buffer.from(part, 'latin1')).toString('latin1'))
    .join();
}

test('a drawing is a page of lines and of letters that are found again, its fonts inside', async () => {
  const svg = figureOf('α ≤ 2, déjà', { 'font-weight': 600 });
  const pdf = await svgPdf(svg, { title: 'a title' });
  const text = pdf.toString('latin1');
  expect(text).toMatch(/^%PDF-1\.4/);
  expect(text).toContain('/MediaBox [0 0 120 40]');
  expect(text).toContain('(a title)');
  expect(text).toMatch(/\/FontName \/[A-Z]{6}\+DejaVuSans-Bold/);
  expect(text).toMatch(/\/FontFile2 \d+ 0 R/);
  expect(text).not.toContain('/Subtype /Image');
  const unicode = streamsOf(pdf);
  for (const letter of 'α≤é')
    expect(unicode).toContain(`<${letter.codePointAt(0)!.toString(16).padStart(4, '0')}>`);
  expect(await svgPdf(svg, { title: 'a title' })).toEqual(pdf);
});

test('letters that DejaVu Sans lacks are refused, with what has them', async () => {
  await expect(svgPdf(figureOf('猫 and 犬'), { title: '' })).rejects.toThrow(
    /text '猫 and 犬' needs 猫 犬, which DejaVu Sans has not; give a font .* by font/,
  );
  const font = { file: Buffer.alloc(0), has: (letter: string) => letter === '猫' };
  await expect(svgPdf(figureOf('猫犬'), { title: '', font })).rejects.toThrow(
    /needs 犬, which font has not, nor DejaVu Sans/,
  );
});

test('what is no font is refused', () => {
  const file = readFileSync(import.meta.filename);
  expect(() => givenFont(file, 'a.ttf')).toThrow(/font a\.ttf: no font that a PDF can hold/);
});

test('a picture is a page of its pixels, two to a point', async () => {
  const raw = { width: 30, height: 20, channels: 3 as const };
  const png = await sharp(Buffer.alloc(1800), { raw }).png().toBuffer();
  const pdf = (await pngPdf(png, { title: 'pixels' })).toString('latin1');
  expect(pdf).toContain('/MediaBox [0 0 15 10]');
  expect(pdf).toContain('/Subtype /Image');
});
