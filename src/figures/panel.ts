import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Embedding } from '../analysis/embedding.ts';
import { countOutside, roundTicks, type Square } from './limits.ts';
import { type Box, drawCentres, drawSamples } from './scatter.ts';
import { theme } from './theme.ts';

/** One embedding on the canvas. */
export interface Panel {
  /** `(a)`, `(b)` … */
  letter: string;
  embedding: Embedding;
  /** The part of the plane to show. */
  square: Square;
  box: Box;
  /** What stands in the disc on each class's centre. */
  marks: readonly string[];
  /** Whether numbers stand below the horizontal axis. */
  numbersBelow: boolean;
}

/** Draws samples, class centres, frame, axes, letter and the number of samples out of sight. */
export function drawPanel(context: SKRSContext2D, panel: Panel): void {
  const { embedding, square, box, marks } = panel;
  drawSamples(context, embedding, square, box);
  drawFrame(context, box);
  drawAxes(context, panel);
  drawCentres(context, embedding, square, box, marks);
  drawHaloed(context, panel.letter, box.x + 8, box.y + 18, 'left', `600 13px ${theme.fontFamily}`);
  const outside = countOutside(embedding, square);
  if (outside === 0) return;
  const note = `${outside.toLocaleString('en')} outside`;
  const { x, y, size } = box;
  drawHaloed(context, note, x + size - 8, y + size - 8, 'right', `11px ${theme.fontFamily}`);
}

function drawFrame(context: SKRSContext2D, { x, y, size }: Box): void {
  context.strokeStyle = theme.rule;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}

function drawAxes(context: SKRSContext2D, { square, box, numbersBelow }: Panel): void {
  const unit = box.size / (2 * square.half);
  context.fillStyle = theme.faint;
  context.font = `10px ${theme.fontFamily}`;
  for (const tick of roundTicks(square.x - square.half, square.x + square.half)) {
    const x = box.x + (tick - square.x + square.half) * unit;
    context.fillRect(x - 0.5, box.y + box.size - 4, 1, 4);
    context.textAlign = 'center';
    context.textBaseline = 'top';
    if (numbersBelow) context.fillText(numberText(tick), x, box.y + box.size + 5);
  }
  for (const tick of roundTicks(square.y - square.half, square.y + square.half)) {
    const y = box.y + (square.y + square.half - tick) * unit;
    context.fillRect(box.x, y - 0.5, 4, 1);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(numberText(tick), box.x - 5, y);
  }
}

/** Text that stays readable on top of dots. */
function drawHaloed(
  context: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  align: 'left' | 'right',
  font: string,
): void {
  context.font = font;
  context.textAlign = align;
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = theme.background;
  context.strokeText(text, x, y);
  context.fillStyle = theme.ink;
  context.fillText(text, x, y);
}

function numberText(value: number): string {
  return String(value).replace('-', '−');
}
