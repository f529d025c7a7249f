/** How a cloud's dots look: fewer samples get larger, more opaque ones. */
export function dotFor(count: number): { radius: number; opacity: number } {
  const sparse = 10_000 / count;
  return {
    radius: Math.min(2.4, Math.max(0.7, sparse ** 0.2)),
    opacity: Math.min(0.8, Math.max(0.25, 0.5 * sparse ** 0.25)),
  };
}

/** Every sample once in a fixed order that mixes sorted classes, so that none lies on top. */
export function* mixedOrder(count: number): Generator<number> {
  let stride = Math.max(1, Math.round(count * 0.618_034));
  while (greatestCommonDivisor(stride, count) > 1) stride++;
  for (let i = 0, sample = 0; i < count; i++, sample = (sample + stride) % count) yield sample;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
