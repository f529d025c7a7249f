import { expect, test } from 'vitest';
import { imageSizeText, parseImageSize } from './imageForm.ts';

test('a size is a side, height by width, or auto', () => {
  expect(parseImageSize('32')).toEqual({ height: 32, width: 32 });
  expect(parseImageSize('32x48')).toEqual({ height: 32, width: 48 });
  expect(parseImageSize('auto')).toBe('auto');
});

test.each(['0', '-1', '32x', '3.5', 'big', '32x48x3', '', '99999'])('%j is refused', (text) => {
  expect(() => parseImageSize(text)).toThrow(`imageSize ${text}: a size is auto, a side`);
});

test('sizes are written as they are read', () => {
  expect(imageSizeText({ height: 32, width: 32 })).toBe('32');
  expect(imageSizeText({ height: 32, width: 48 })).toBe('32x48');
});
