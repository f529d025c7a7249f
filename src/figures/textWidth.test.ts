import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { textWidth } from './textWidth.ts';
import { theme } from './theme.ts';

test('no text is wider on the canvas than without one', () => {
  const pen = createCanvas(1, 1).getContext('2d');
  pen.font = `13px ${theme.fontFamily}`;
  const widthOf = textWidth(13);
  const latin = Array.from({ length: 0xff - 0x20 }, (_, at) => String.fromCodePoint(at + 0x20));
  for (const text of [...latin, '…', '−', '柴犬', 'ж', 'a longer (name), 12 % of it']) {
    expect([text, pen.measureText(text).width <= widthOf(text) + 0.01]).toEqual([text, true]);
  }
});
