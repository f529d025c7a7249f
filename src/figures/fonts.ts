import { visibleText } from '../text/visible.ts';
import { renderSvg } from './render.ts';
import { escapeText } from './svg.ts';
import { theme } from './theme.ts';

/**
 * What no font has: noncharacters, drawn as boxes with their number, which is four digits or six; all letters
 * of as many digits have the same box.
 */
const unknown = ['\ufdd0', '\u{10fffe}'];
const mostTold = 5;
const size = { width: 40, height: 32 };

/** What a picture of these texts will lack on this machine, with the remedy; null where it lacks nothing. */
export async function fontsNote(texts: readonly string[]): Promise<string | null> {
  const asked = new Set(texts.map(visibleText).join('').replace(plain, ''));
  const boxes = await Promise.all(unknown.map(pictureOf));
  if ((await pictureOf('A')).equals(boxes[0])) {
    return 'this machine has no fonts: the picture lacks its words and numbers; install one, such as DejaVu Sans';
  }
  const missing: string[] = [];
  for (const letter of asked) {
    const drawn = await pictureOf(letter);
    if (boxes.some((box) => frameOf(box).equals(frameOf(drawn)))) missing.push(letter);
  }
  if (missing.length === 0) return null;
  const told = missing.slice(0, mostTold).join(' ');
  const more = missing.length > mostTold ? ` and ${missing.length - mostTold} more letters` : '';
  return `no font of this machine has ${told}${more}: the picture shows boxes for them; install one that does, such as Noto Sans`;
}

/** Letters that every font has, and what is not drawn. */
const plain = /[ -~\p{M}\p{Z}\u200c]|\u200d/gu;

/** A letter in black on white, [height][width] bytes. */
async function pictureOf(letter: string): Promise<Buffer> {
  const type = `font-family="${escapeText(theme.fontFamily)}" font-size="16"`;
  const drawn = `<text x="4" y="22" ${type}>${escapeText(letter)}</text>`;
  const { width, height } = size;
  const ground = `<rect width="${width}" height="${height}" fill="#fff"/>`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  const { default: sharp } = await import('sharp');
  const png = await renderSvg(`${open}${ground}${drawn}</svg>`);
  return sharp(png).greyscale().raw().toBuffer();
}

/** Which pixels of the uppermost row and of the leftmost column are drawn: of a box its frame, without its number. */
function frameOf(pixels: Buffer): Buffer {
  const { width, height } = size;
  const isDrawn = pixels.map((value) => Number(value < 250));
  const rows = Array.from({ length: height }, (_, y) =>
    isDrawn.subarray(y * width, (y + 1) * width),
  );
  const drawn = rows.filter((row) => row.includes(1));
  const left = Math.min(...drawn.map((row) => row.indexOf(1)));
  return Buffer.from([...(drawn[0] ?? []), ...drawn.map((row) => row[left])]);
}
