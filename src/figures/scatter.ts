import type { Centre } from '../analysis/centres.ts';
import type { Embedding } from '../analysis/embedding.ts';
import { dotFor, mixedOrder } from './dots.ts';
import type { Square } from './limits.ts';
import { type Place, separate } from './markers.ts';
import { classColour } from './palette.ts';
import type { DotPen, PlainPen } from './pen.ts';
import { type Theme, theme } from './theme.ts';

/** A square of the canvas, in pixels. */
export interface Box {
  x: number;
  y: number;
  size: number;
}

/** The discs of many classes are smaller, so that the samples stay in sight. */
const radiusOf = (count: number): number => Math.max(5, 8 * Math.min(1, Math.sqrt(40 / count)));

/** The samples as small translucent dots in their class's colour, so that density shows. */
export function drawSamples(
  context: DotPen,
  embedding: Embedding,
  square: Square,
  box: Box,
  look: Theme = theme,
): void {
  const { radius, opacity } = dotFor(embedding.count);
  const place = placer(square, box);
  context.save();
  clipTo(context, box);
  context.globalAlpha = opacity;
  for (const sample of mixedOrder(embedding.count)) {
    const { x, y } = place(embedding.features[2 * sample], embedding.features[2 * sample + 1]);
    context.fillStyle = classColour(embedding.labels[sample], look.classes);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
}

/** Where classes are shown, and how. */
export interface ClassView {
  /** The part of the plane to show. */
  square: Square;
  box: Box;
  /** What stands in the disc on each class's centre. */
  marks: readonly string[];
  /** Default the light one of all figures. */
  look?: Theme;
}

/**
 * The class centres as discs with the class's mark, moved apart where they would overlap.
 *
 * @param centres [classes], in the plane
 */
export function drawCentres(
  context: PlainPen,
  centres: readonly Centre[],
  { square, box, marks, look = theme }: ClassView,
): void {
  const place = placer(square, box);
  const present = centres.flatMap((centre, k) => (centre ? [{ centre, k }] : []));
  const places = present.map(({ centre }) => place(centre[0], centre[1]));
  const radius = radiusOf(present.length);
  const discs = separate(places, 2 * radius + 1.5).map((at, i): Disc => {
    const { k } = present[i];
    return { ...at, radius, colour: classColour(k, look.classes), mark: marks[k] ?? String(k) };
  });
  for (const [i, disc] of discs.entries()) drawLeader(context, places[i], disc, look);
  for (const disc of discs) drawDisc(context, disc, look);
}

/** A class's disc, by its middle. */
interface Disc extends Place {
  radius: number;
  colour: string;
  mark: string;
}

function placer({ x, y, half }: Square, box: Box): (x: number, y: number) => Place {
  const unit = box.size / (2 * half);
  return (px, py) => ({
    x: box.x + (px - x + half) * unit,
    y: box.y + (y + half - py) * unit,
  });
}

function clipTo(context: DotPen, { x, y, size }: Box): void {
  context.beginPath();
  context.rect(x, y, size, size);
  context.clip();
}

/** A line from a centre to its disc, where the disc had to move off it. */
function drawLeader(context: PlainPen, from: Place, to: Disc, look: Theme): void {
  if (Math.hypot(to.x - from.x, to.y - from.y) < to.radius) return;
  context.strokeStyle = look.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.fillStyle = look.ink;
  context.beginPath();
  context.arc(from.x, from.y, 2, 0, 2 * Math.PI);
  context.fill();
}

function drawDisc(context: PlainPen, { x, y, radius, colour, mark }: Disc, look: Theme): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = look.background;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
  context.fillStyle = look.ink;
  context.font = `600 ${((mark.length > 2 ? 8 : 11) * radius) / 8}px ${look.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(mark, x, y + 0.5);
}
