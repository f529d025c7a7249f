/** A place on the canvas, in pixels. */
export interface Place {
  x: number;
  y: number;
}

/**
 * Moves round markers apart until none covers another, or as far as 100 rounds go: each round
 * pushes every pair that overlaps half its overlap either way, so markers stay near their places.
 */
export function separate(places: readonly Place[], distance: number): Place[] {
  const moved = places.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 100; round++) {
    let overlaps = false;
    for (let a = 0; a < moved.length; a++) {
      for (let b = 0; b < a; b++) overlaps = pushApart(moved[a], moved[b], distance) || overlaps;
    }
    if (!overlaps) break;
  }
  return moved;
}

function pushApart(first: Place, second: Place, distance: number): boolean {
  const [dx, dy] = [first.x - second.x, first.y - second.y];
  const apart = Math.hypot(dx, dy);
  if (apart >= distance - 0.01) return false;
  const push = (distance - apart) / 2;
  const [ux, uy] = apart > 0 ? [dx / apart, dy / apart] : [1, 0];
  first.x += ux * push;
  first.y += uy * push;
  second.x -= ux * push;
  second.y -= uy * push;
  return true;
}
