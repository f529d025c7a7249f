import type { WidthOf } from '../text/fit.ts';

/**
 * Measures a text without a canvas: at most what DejaVu Sans takes, the widest of the figures' typefaces, so
 * that a figure comes out alike on every machine.
 *
 * @param size of the type, in pixels, as the widths are
 */
export function textWidth(size: number): WidthOf {
  return (text) => Array.from(text, (letter) => size * emWidth(letter)).reduce((a, b) => a + b, 0);
}

function emWidth(letter: string): number {
  if (/[\p{M}\u200c\u200d]/u.test(letter)) return 0;
  if (/[ijlIJ'|.,:; ]/.test(letter)) return 0.35;
  if (/[!()[\]/\\frt-]/.test(letter)) return 0.42;
  if (/[a-ln-vx-z0-9]/.test(letter)) return 0.64;
  return letter < '\x7f' && !/[mMW%@]/.test(letter) ? 0.84 : 1;
}
