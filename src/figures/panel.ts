import type { Centre } from '../analysis/centres.ts';
import type { Embedding } from '../analysis/embedding.ts';
import { countOutside, roundTicks } from './limits.ts';
import type { PlainPen } from './pen.ts';
import { type Box, type ClassView, drawCentres } from './scatter.ts';
import { type Theme, theme } from './theme.ts';

/** One embedding on the canvas. */
export interface Panel extends ClassView {
  /** `(a)`, `(b)` … */
  letter: string;
  embedding: Embedding;
  /** Whether numbers stand below the horizontal axis. */
  numbersBelow: boolean;
}

/** All of a panel but its samples; `centres` are those of the classes. */
export function drawAround(context: PlainPen, panel: Panel, centres: readonly Centre[]): void {
  const { letter, embedding, square, box, look = theme } = panel;
  const { x, y, size } = box;
  drawFrame(context, box, look);
  drawAxes(context, panel, look);
  drawCentres(context, centres, panel);
  const bold = `600 13px ${look.fontFamily}`;
  drawHaloed(context, letter, { x: x + 8, y: y + 18, align: 'left', font: bold }, look);
  const outside = countOutside(embedding, square);
  if (outside === 0) return;
  const note = `${outside.toLocaleString('en')} outside`;
  const small = `11px ${look.fontFamily}`;
  const corner = { x: x + size - 8, y: y + size - 8 };
  drawHaloed(context, note, { ...corner, align: 'right', font: small }, look);
}

function drawFrame(context: PlainPen, { x, y, size }: Box, look: Theme): void {
  context.strokeStyle = look.rule;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}

function drawAxes(context: PlainPen, { square, box, numbersBelow }: Panel, look: Theme): void {
  const unit = box.size / (2 * square.half);
  context.fillStyle = look.faint;
  context.font = `10px ${look.fontFamily}`;
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

/** Where a text begins or ends, and its letters. */
interface Lettering {
  x: number;
  y: number;
  align: 'left' | 'right';
  font: string;
}

/** Text that stays readable on top of dots. */
function drawHaloed(
  context: PlainPen,
  text: string,
  { x, y, align, font }: Lettering,
  look: Theme,
): void {
  context.font = font;
  context.textAlign = align;
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = look.background;
  context.strokeText(text, x, y);
  context.fillStyle = look.ink;
  context.fillText(text, x, y);
}

function numberText(value: number): string {
  return String(value).replace('-', '−');
}
