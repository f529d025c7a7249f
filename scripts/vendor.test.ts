import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import * as Plot from '@observablehq/plot';
import { fromArrayBuffer } from 'geotiff';
import { parseHTML } from 'linkedom';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import drawSvg from 'svg-to-pdfkit';
import { create } from 'tar';
import { expect, test } from 'vitest';

/** What the last `npm run build` made of a package. */
const vendored = (name: string) =>
  import(new URL(`../dist/vendor/${name}.js`, import.meta.url).href);

test('a chart drawn by what is built in is that of the packages, byte for byte', async () => {
  const [plot, dom] = await Promise.all(['observablehq-plot', 'linkedom'].map(vendored));
  const drawn = [
    [Plot, parseHTML],
    [plot, dom.parseHTML],
  ].map(([{ line, plot: draw }, parse]) => {
    const { document } = parse('<html><body></body></html>');
    return String(
      draw({
        document,
        marks: [
          line([
            [0, 1],
            [1, 3],
            [2, 2],
          ]),
        ],
      }).outerHTML,
    );
  });
  expect(drawn[0]).toMatch(/^<svg.*<path d="M/s);
  expect(drawn[1]).toBe(drawn[0]);
});

test('a PDF drawn by what is built in is that of the packages, byte for byte', async () => {
  const font = brotliDecompressSync(
    readFileSync(new URL('../dist/vendor/fonts/DejaVuSans.ttf.br', import.meta.url)),
  );
  const [{ default: Pdf }, { default: draw }] = await Promise.all(
    ['pdfkit', 'svg-to-pdfkit'].map(vendored),
  );
  const pages = [
    [PDFDocument, drawSvg],
    [Pdf, draw],
  ].map(([Document, drawOn]) => {
    const document = new Document({ font: '', info: { CreationDate: new Date(0) } });
    document.registerFont('own', font);
    drawOn(document, '<svg><text y="20">α ≤ 2</text></svg>', 0, 0, { fontCallback: () => 'own' });
    document.end();
    return buffer(document);
  });
  const [own, theirs] = await Promise.all(pages);
  expect(own.toString('latin1')).toContain('+DejaVuSans');
  expect(theirs).toEqual(own);
});

test.each(['none', 'deflate', 'lzw'] as const)(
  'a TIFF, %s, has the same values',
  async (compression) => {
    const values = Float32Array.from({ length: 48 }, (_, at) => at * 1.5);
    const raw = { width: 8, height: 6, channels: 1 as const };
    const bytes = Uint8Array.from(values);
    const tiff = await sharp(bytes, { raw }).toColourspace('b-w').tiff({ compression }).toBuffer();
    const file = tiff.buffer.slice(tiff.byteOffset, tiff.byteOffset + tiff.length) as ArrayBuffer;
    const geotiff = await vendored('geotiff');
    const [own, theirs] = await Promise.all(
      [geotiff.fromArrayBuffer, fromArrayBuffer].map(async (open) => {
        const image = await (await open(file)).getImage();
        return Array.from((await image.readRasters())[0] as Uint8Array);
      }),
    );
    expect(own).toEqual(Array.from(bytes));
    expect(theirs).toEqual(own);
  },
);

test('what is built in reads a tar, name and bytes', async () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { Parser } = await vendored('tar');
  const members: Promise<[string, string]>[] = [];
  const onReadEntry = (entry: Readable & { path: string }): void => {
    members.push(buffer(entry).then((bytes) => [entry.path, String(bytes)]));
  };
  await pipeline(create({ cwd }, ['LICENSE']), new Parser({ onReadEntry }));
  expect(await Promise.all(members)).toEqual([['LICENSE', readFileSync(`${cwd}LICENSE`, 'utf8')]]);
});
