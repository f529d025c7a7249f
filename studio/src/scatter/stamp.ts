/** A round dot with a soft edge, cut out for places between the pixels. */
export interface Stamp {
  /** Pixels from the middle to the furthest one touched. */
  reach: number;
  /** [substeps²], for each place within a pixel what it covers. */
  cuts: { offsets: Int32Array; covers: Uint16Array }[];
}

/** Places told apart along each side of a pixel. */
export const substeps = 4;

/**
 * Cuts a stamp for pictures of some width.
 *
 * @param radius in pixels
 * @param opacity 0 … 1 in the middle of the dot
 * @param stride pixels to a row of the picture
 */
export function cutStamp(radius: number, opacity: number, stride: number): Stamp {
  const reach = Math.ceil(radius + 0.5);
  const places = Array.from({ length: substeps }, (_, step) => (step + 0.5) / substeps);
  const cuts = places.flatMap((y) =>
    places.map((x) => cutAt(x, y, reach, radius, opacity, stride)),
  );
  return { reach, cuts };
}

function cutAt(
  x: number,
  y: number,
  reach: number,
  radius: number,
  opacity: number,
  stride: number,
): Stamp['cuts'][number] {
  const offsets: number[] = [];
  const covers: number[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const distance = Math.hypot(dx + 0.5 - x, dy + 0.5 - y);
      const cover = Math.round(256 * opacity * Math.min(1, radius + 0.5 - distance));
      if (cover <= 0) continue;
      offsets.push(dy * stride + dx);
      covers.push(cover);
    }
  }
  return { offsets: Int32Array.from(offsets), covers: Uint16Array.from(covers) };
}
