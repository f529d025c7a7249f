/** Of a side, how much the longer side of what is drawn takes, as in MNIST: 20 of 28 pixels. */
const share = 20 / 28;

/**
 * What is drawn white on black, as MNIST's digits are: its box scaled to 20 of 28 pixels, its centre of
 * mass in the middle. A canvas of the same size; an empty one stays empty.
 */
export function centred(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const { width: side } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, side, side);
  const out = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = out.getContext('2d')!;
  context.fillStyle = 'black';
  context.fillRect(0, 0, side, side);
  const drawn = inkOf((x, y) => data[4 * (y * side + x)], side);
  if (!drawn) return out;
  const { left, top, length, x, y } = drawn;
  const scale = (side * share) / length;
  const [toX, toY] = [side / 2 - (x - left) * scale, side / 2 - (y - top) * scale];
  const size = length * scale;
  context.drawImage(canvas, left, top, length, length, toX, toY, size, size);
  return out;
}

/** Where the ink is: the square around it, and its centre of mass; null where there is none. */
export function inkOf(at: (x: number, y: number) => number, side: number) {
  let [mass, sumX, sumY] = [0, 0, 0];
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const ink = at(x, y);
      if (ink === 0) continue;
      mass += ink;
      sumX += ink * (x + 0.5);
      sumY += ink * (y + 0.5);
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (mass === 0) return null;
  const length = Math.max(right - left, bottom - top) + 1;
  return { left, top, length, x: sumX / mass, y: sumY / mass };
}
