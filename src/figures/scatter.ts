import type { SKRSContext2D } from '@napi-rs/canvas';
import { classCentres } from '../analysis/centres.ts';
import type { Embedding } from '../analysis/embedding.ts';
import type { Square } from './limits.ts';
import { type Place, separate } from './markers.ts';
import { classColour } from './palette.ts';
import { theme } from './theme.ts';

/** A square of the canvas, in pixels. */
export interface Box {
  x: number;
  y: number;
  size: number;
}

const markerRadius = 8;

/** The samples as small translucent dots in their class's colour, so that density shows. */
export function drawSamples(
  context: SKRSContext2D,
  embedding: Embedding,
  square: Square,
  box: Box,
): void {
  const { radius, opacity } = dotFor(embedding.count);
  const place = placer(square, box);
  context.save();
  clipTo(context, box);
  context.globalAlpha = opacity;
  for (const sample of mixedOrder(embedding.count)) {
    const { x, y } = place(embedding.features[2 * sample], embedding.features[2 * sample + 1]);
    context.fillStyle = classColour(embedding.labels[sample]);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
}

/** The class centres as discs with the class's mark, moved apart where they would overlap. */
export function drawCentres(
  context: SKRSContext2D,
  embedding: Embedding,
  square: Square,
  box: Box,
  marks: readonly string[],
): void {
  const place = placer(square, box);
  const present = classCentres(embedding).flatMap((centre, k) => (centre ? [{ centre, k }] : []));
  const places = present.map(({ centre }) => place(centre[0], centre[1]));
  const discs = separate(places, 2 * markerRadius + 1.5);
  for (const [i, disc] of discs.entries()) drawLeader(context, places[i], disc);
  for (const [i, disc] of discs.entries()) {
    const { k } = present[i];
    drawDisc(context, disc, classColour(k), marks[k] ?? String(k));
  }
}

/** Fewer samples get larger, more opaque dots. */
function dotFor(count: number): { radius: number; opacity: number } {
  const sparse = 10_000 / count;
  return {
    radius: Math.min(2.4, Math.max(0.7, sparse ** 0.2)),
    opacity: Math.min(0.8, Math.max(0.25, 0.5 * sparse ** 0.25)),
  };
}

function placer({ x, y, half }: Square, box: Box): (x: number, y: number) => Place {
  const unit = box.size / (2 * half);
  return (px, py) => ({
    x: box.x + (px - x + half) * unit,
    y: box.y + (y + half - py) * unit,
  });
}

function clipTo(context: SKRSContext2D, { x, y, size }: Box): void {
  context.beginPath();
  context.rect(x, y, size, size);
  context.clip();
}

/** Every sample once in a fixed order that mixes sorted classes, so that none lies on top. */
function* mixedOrder(count: number): Generator<number> {
  let stride = Math.max(1, Math.round(count * 0.618_034));
  while (greatestCommonDivisor(stride, count) > 1) stride++;
  for (let i = 0, sample = 0; i < count; i++, sample = (sample + stride) % count) yield sample;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A line from a centre to its disc, where the disc had to move off it. */
function drawLeader(context: SKRSContext2D, from: Place, to: Place): void {
  if (Math.hypot(to.x - from.x, to.y - from.y) < markerRadius) return;
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.fillStyle = theme.ink;
  context.beginPath();
  context.arc(from.x, from.y, 2, 0, 2 * Math.PI);
  context.fill();
}

function drawDisc(context: SKRSContext2D, { x, y }: Place, colour: string, mark: string): void {
  context.beginPath();
  context.arc(x, y, markerRadius, 0, 2 * Math.PI);
  context.fillStyle = theme.background;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
  context.fillStyle = theme.ink;
  context.font = `600 11px ${theme.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(mark, x, y + 0.5);
}
