import { buffer } from 'node:stream/consumers';
import { DOMParser } from 'linkedom';
import PDFDocument from 'pdfkit';
import drawSvg from 'svg-to-pdfkit';
import { option, RequestError } from '../../errors.ts';
import { resolution } from '../sheet.ts';
import { ownFont, type PdfFont } from './fonts.ts';

/** What a figure is called, and a font for letters that DejaVu Sans lacks. */
export interface PdfOptions {
  title: string;
  font?: PdfFont;
}

/** The same figure leaves the same bytes: the date is no one's. */
const noDate = new Date(0);

const open = (title: string): PDFKit.PDFDocument =>
  new PDFDocument({
    ...{ autoFirstPage: false, font: '', pdfVersion: '1.4' },
    info: { Title: title, Creator: 'shakelab', CreationDate: noDate },
  });

/**
 * A figure in SVG as a PDF of one page: lines, and words as letters of the fonts inside it.
 *
 * @throws RequestError for letters that no font has
 */
export async function svgPdf(svg: string, { title, font }: PdfOptions): Promise<Buffer> {
  const regular = ownFont('DejaVuSans');
  const figure = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const root = figure.documentElement;
  for (const text of figure.querySelectorAll('text'))
    text.setAttribute('font-family', familyOf(text.textContent ?? '', regular, font));
  const [width, height] = ['width', 'height'].map((name) => Number(root.getAttribute(name)));
  const document = open(title).addPage({ size: [width, height], margin: 0 });
  document.registerFont('regular', regular.file);
  document.registerFont('bold', ownFont('DejaVuSans-Bold').file);
  if (font) document.registerFont('given', font.file);
  drawSvg(document, root.outerHTML, 0, 0, { assumePt: true, fontCallback });
  document.end();
  return buffer(document);
}

/** A figure in pixels, two to a point, as a PDF of one page. */
export async function pngPdf(png: Buffer, { title }: PdfOptions): Promise<Buffer> {
  const document = open(title);
  const [width, height] = [16, 20].map((place) => png.readUInt32BE(place) / resolution);
  document.addPage({ size: [width, height], margin: 0 }).image(png, 0, 0, { width, height });
  document.end();
  return buffer(document);
}

/** A text's font: the own, or the given one where that lacks a letter. @throws RequestError where both do */
function familyOf(text: string, own: PdfFont, given?: PdfFont): 'own' | 'given' {
  const letters = Array.from(text.replace(joiners, ''));
  const lacks = (font: PdfFont) => letters.filter((letter) => !font.has(letter));
  if (lacks(own).length === 0) return 'own';
  if (given && lacks(given).length === 0) return 'given';
  const missing = [...new Set(lacks(given ?? own))].slice(0, 5).join(' ');
  const rule = given
    ? `which ${option('font')} has not, nor DejaVu Sans`
    : 'which DejaVu Sans has not';
  throw new RequestError(
    `the figure's text '${text}' needs ${missing}, ${rule}; give a font that has all letters of the text by ${option('font')}, such as Noto Sans CJK`,
  );
}

/** What shapes other letters and is none itself. */
const joiners = /\u200c|\u200d|[\ufe00-\ufe0f\n]/gu;

function fontCallback(
  family: string,
  bold: boolean,
  italic: boolean,
  faux: { fauxItalic: boolean; fauxBold: boolean },
): string {
  const given = family === 'given';
  Object.assign(faux, { fauxItalic: italic, fauxBold: given && bold });
  if (given) return 'given';
  return bold ? 'bold' : 'regular';
}
