import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { RasterPen } from './dotPen.ts';
import type { DotPen } from './pen.ts';

const size = 40;

/** The same dots by any pen: overlapping, translucent, one half outside of what may be seen. */
function drawDots(pen: DotPen): void {
  pen.scale(2, 2);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, 20, 20);
  pen.save();
  pen.beginPath();
  pen.rect(2, 2, 16, 16);
  pen.clip();
  pen.globalAlpha = 0.5;
  for (const [x, y, colour] of [
    [6, 6, '#0072b2'],
    [8.3, 7.1, '#d55e00'],
    [17.9, 12, '#009e73'],
  ] as const) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, 2.5, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.restore();
}

test('dots are those of a canvas, their edges within a quarter of full', () => {
  const own = new RasterPen(size, size);
  drawDots(own);
  const context = createCanvas(size, size).getContext('2d');
  drawDots(context);
  const { data } = context.getImageData(0, 0, size, size);
  const differences = own.pixels.map((value, at) => Math.abs(value - data[at]));
  expect(Math.max(...differences)).toBeLessThan(64);
  expect(differences.filter((difference) => difference > 4).length).toBeLessThan(4 * 60);
  expect(own.pixels.filter((value, at) => at % 4 < 3 && value < 250).length).toBeGreaterThan(150);
});

test('what was clipped may be drawn on again', () => {
  const pen = new RasterPen(4, 1);
  pen.save();
  pen.rect(0, 0, 1, 1);
  pen.clip();
  pen.restore();
  pen.fillStyle = '#010203';
  pen.fillRect(3, 0, 1, 1);
  expect([...pen.pixels.subarray(12)]).toEqual([1, 2, 3, 255]);
  expect(pen.pixels[0]).toBe(0);
});
