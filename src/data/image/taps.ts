/** A part of one axis: where it begins, and how long it is, in pixels and fractions of them. */
interface Span {
  start: number;
  length: number;
}

/** For every pixel of a new axis: its first old one, how many, and the weights from there on, summing to 1. */
export interface Taps {
  first: Int32Array;
  count: Int32Array;
  /** [new pixel][most], of which `count` are used */
  weights: Float64Array;
  most: number;
  /** the same by old pixels, where the axis shrinks */
  shares: Shares | null;
}

/**
 * To which new pixels an old one goes where an axis shrinks: to four neighbours at most. The old ones
 * lie in segments: those of segment s go to the new pixels s − 3 to s.
 */
export interface Shares {
  /** where each segment begins, and where the last one ends */
  bounds: Int32Array;
  /** [old pixel from the first segment on][4] */
  weights: Float64Array;
}

/** Taps of the last few kinds of axes: most images of a folder are of one size. */
const keptTaps = new Map<string, Taps>();
const mostKept = 16;

/**
 * The taps for the middle of an axis, kept for the next image: those of Keys' cubic with a = −½,
 * centred, stretched by the scale where the axis shrinks.
 *
 * @param length of the middle, in old pixels
 */
export function tapsOf(size: number, wanted: number, length: number): Taps {
  const key = `${size} ${wanted} ${length}`;
  const kept = keptTaps.get(key);
  if (kept) return kept;
  const taps = exactTaps(size, wanted, { start: (size - length) / 2, length });
  if (keptTaps.size >= mostKept) keptTaps.clear();
  keptTaps.set(key, taps);
  return taps;
}

function exactTaps(size: number, wanted: number, { start, length }: Span): Taps {
  const scale = length / wanted;
  const stretch = Math.max(scale, 1);
  const most = Math.ceil(4 * stretch) + 1;
  const [first, count] = [new Int32Array(wanted), new Int32Array(wanted)];
  const weights = new Float64Array(wanted * most);
  for (let at = 0; at < wanted; at++) {
    const centre = start + (at + 0.5) * scale;
    first[at] = Math.max(0, Math.round(centre - 2 * stretch));
    count[at] = Math.min(size, Math.round(centre + 2 * stretch)) - first[at];
    const own = weights.subarray(at * most, at * most + count[at]);
    own.set(own.map((_, tap) => cubic((first[at] + tap + 0.5 - centre) / stretch)));
    const sum = own.reduce((total, weight) => total + weight, 0);
    own.set(own.map((weight) => weight / sum));
  }
  const taps = { first, count, weights, most, shares: null };
  return scale < 1 ? taps : { ...taps, shares: sharesOf(taps, size, { start, length }) };
}

function sharesOf({ first, count, weights, most }: Taps, size: number, { start, length }: Span) {
  const wanted = first.length;
  const bounds = Int32Array.from({ length: wanted + 4 }, (_, segment) => {
    const bound = Math.round(start + ((segment - 1.5) * length) / wanted);
    return Math.min(Math.max(bound, 0), size);
  });
  const shares = { bounds, weights: new Float64Array(4 * (bounds[wanted + 3] - bounds[0])) };
  for (let segment = 0; segment < wanted + 3; segment++) {
    for (let old = bounds[segment]; old < bounds[segment + 1]; old++) {
      for (let at = Math.max(segment - 3, 0); at <= Math.min(segment, wanted - 1); at++) {
        const tap = old - first[at];
        if (tap < 0 || tap >= count[at]) continue;
        shares.weights[4 * (old - bounds[0]) + at - segment + 3] = weights[at * most + tap];
      }
    }
  }
  return shares;
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
