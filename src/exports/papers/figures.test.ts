import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { label, picture } from '../../figures/svg.ts';
import { exportRun } from '../export.ts';
import { pdfFiles } from './figures.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A study's folder with these figures. */
async function study(name: string, figures: Record<string, string | Uint8Array>): Promise<string> {
  const own = join(folder, name);
  await mkdir(join(own, 'figures'), { recursive: true });
  for (const [file, content] of Object.entries(figures))
    writeFileSync(join(own, 'figures', file), content);
  return own;
}

const drawing = (text: string) =>
  picture({ width: 60, height: 40, title: '' }, label(10, 20, text));
const pixels = () =>
  sharp(Buffer.alloc(1800), { raw: { width: 30, height: 20, channels: 3 } })
    .png()
    .toBuffer();

test('each figure of a report is a PDF, of its drawing where there is one', async () => {
  const png = await pixels();
  const own = await study('both', {
    ...{ 'a.svg': drawing('a'), 'b.png': png, 'b.svg': drawing('b'), 'c.png': png },
  });
  const files = await pdfFiles(own);
  expect(files.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
  const texts = files.map(({ content }) => Buffer.from(content as Uint8Array).toString('latin1'));
  expect(texts.map((text) => text.includes('/Subtype /Image'))).toEqual([false, false, true]);
});

test('a folder without figures is refused with what draws them', async () => {
  const own = await study('none', { 'notes.txt': '' });
  await expect(exportRun(own, 'pdf')).rejects.toThrow(
    /figures: no figures are there; .*--report-only/,
  );
});

test('letters that the fonts lack, and a font that is none, are refused, and nothing is written', async () => {
  const own = await study('cats', { 'a.svg': drawing('猫') });
  const options = (font?: string) => ({ out: join(own, 'out'), font });
  await expect(exportRun(own, 'pdf', options())).rejects.toThrow(/needs 猫, which DejaVu Sans/);
  const missing = exportRun(own, 'pdf', options(join(own, 'none.ttf')));
  await expect(missing).rejects.toThrow(/none\.ttf: cannot be read \(ENOENT\)/);
  const foreign = exportRun(own, 'pdf', options(join(own, 'figures', 'a.svg')));
  await expect(foreign).rejects.toThrow(/no font that a PDF can hold/);
  await expect(pdfFiles(join(own, 'out'))).rejects.toThrow(/no figures/);
});
