import type { Point } from './glyphs.ts';

/**
 * Draws a line with round ends into a grey image, antialiased: a pixel's ink is how far its centre
 * lies inside the line, clamped to one pixel, and the darkest line wins.
 * @param image [side][side], ink in 0…1
 * @param from the line's start, in pixels; pixel (0, 0) has its centre at (0, 0)
 * @param radius half the line's thickness, in pixels
 */
export function drawLine(
  image: Float32Array,
  side: number,
  from: Point,
  to: Point,
  radius: number,
): void {
  const reach = radius + 0.5;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const lengthSquared = dx * dx + dy * dy || 1;
  const [left, right] = span(from[0], to[0], reach, side);
  const [top, bottom] = span(from[1], to[1], reach, side);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = ((x - from[0]) * dx + (y - from[1]) * dy) / lengthSquared;
      const t = Math.min(Math.max(along, 0), 1);
      const offX = x - from[0] - t * dx;
      const offY = y - from[1] - t * dy;
      const ink = Math.min(reach - Math.sqrt(offX * offX + offY * offY), 1);
      if (ink > image[y * side + x]) image[y * side + x] = ink;
    }
  }
}

/** The first and last pixel within reach of a line, along one axis. */
function span(from: number, to: number, reach: number, side: number): [number, number] {
  const first = Math.ceil(Math.min(from, to) - reach);
  const last = Math.floor(Math.max(from, to) + reach);
  return [Math.max(first, 0), Math.min(last, side - 1)];
}
