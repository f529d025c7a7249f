import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { visibleText } from '../text/visible.ts';
import { theme } from './theme.ts';

/** What no font has: a noncharacter, drawn as whatever stands for a missing letter. */
const unknown = '\u{10fffe}';
const mostTold = 5;

/**
 * What a picture of these texts will lack on this machine, with the remedy; null where it lacks nothing.
 *
 * @param families of the machine's fonts
 */
export function fontsNote(
  texts: readonly string[],
  families: readonly unknown[] = GlobalFonts.families,
): string | null {
  if (families.length === 0) {
    return 'this machine has no fonts: the picture lacks its words and numbers; install one, such as DejaVu Sans';
  }
  const missing = missingLetters(texts.map(visibleText).join(''));
  if (missing.length === 0) return null;
  const told = missing.slice(0, mostTold).join(' ');
  const more = missing.length > mostTold ? ` and ${missing.length - mostTold} more letters` : '';
  return `no font of this machine has ${told}${more}: the picture shows boxes for them; install one that does, such as Noto Sans`;
}

function missingLetters(text: string): string[] {
  const asked = new Set(text.replace(/[ -~\p{M}\p{Z}\u200c]|\u200d/gu, ''));
  if (asked.size === 0) return [];
  const box = pictureOf(unknown);
  return [...asked].filter((letter) => pictureOf(letter).equals(box));
}

function pictureOf(letter: string): Buffer {
  const canvas = createCanvas(24, 24);
  const context = canvas.getContext('2d');
  context.font = `16px ${theme.fontFamily}`;
  context.fillText(letter, 2, 18);
  return canvas.data();
}
