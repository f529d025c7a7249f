import { quantile } from 'simple-statistics';
import { classCentres, largestLength, withoutRounding } from './centres.ts';
import { type Embedding, samplesByClass } from './embedding.ts';

/** The gap between each class and the class that comes closest to it. */
export interface Margin {
  /** Gap over span, from −1 to 1; negative where the classes overlap. */
  perClass: (number | null)[];
  /** The class that comes closest: which the margin is measured to. */
  neighbour: (number | null)[];
  /** Over the classes that have a margin; null if none has. */
  mean: number | null;
  minimum: number | null;
}

/** Share of a class's samples beyond either of its borders. */
const tail = 0.05;

/**
 * Margin between neighbouring classes (paper, section 3.1: "to leave more margin between
 * neighboring classes"). For classes a and b, t(x) = (x − c_a) · (c_b − c_a) is the place of a
 * sample along the line through their centres, and with Q_p the p-quantile of t in a class
 *
 *     margin(a, b) = (Q₀.₀₅(b) − Q₀.₉₅(a)) / (max Q₀.₉₅ − min Q₀.₀₅)
 *
 * the gap between the near borders over the span of the two classes, each border leaving out 5 %.
 * 1 means that the classes are points, 0 that the borders touch, below 0 that they overlap, −1 that
 * their borders coincide. Being bounded, it keeps one collapsed pair from ruling the mean. The
 * margin of a class is the smallest to any other class, its neighbour. Works in any number of dimensions. A
 * pair whose centres coincide has no line and no margin.
 *
 * @throws RequestError for a damaged embedding, see `samplesByClass`
 */
export function margin(embedding: Embedding): Margin {
  const pairs = pairMargins(embedding);
  const neighbour = pairs.map((row) => placeOfSmallest(row));
  const perClass = pairs.map((row, k) => (neighbour[k] === null ? null : row[neighbour[k]]));
  const present = perClass.filter((value) => value !== null);
  const sum = present.reduce((total, value) => total + value, 0);
  return {
    perClass,
    neighbour,
    mean: present.length > 0 ? sum / present.length : null,
    minimum: present.length > 0 ? Math.min(...present) : null,
  };
}

/** margin(a, b) for every pair, [classes][classes]; null where there is none. */
function pairMargins(embedding: Embedding): (number | null)[][] {
  const centres = classCentres(embedding);
  const groups = samplesByClass(embedding);
  const table = centres.map(() => new Array<number | null>(centres.length).fill(null));
  centres.forEach((from, a) => {
    for (let b = a + 1; b < centres.length; b++) {
      const to = centres[b];
      if (!from || !to) continue;
      const place = positionAlong(embedding, from, to);
      table[a][b] = table[b][a] = place && gapOverSpan(groups[a].map(place), groups[b].map(place));
    }
  });
  return table;
}

/** t(x) of a sample; null where the centres coincide. */
function positionAlong(
  { features, dimensions }: Embedding,
  from: number[],
  to: number[],
): ((sample: number) => number) | null {
  const difference = to.map((value, d) => value - from[d]);
  const line = withoutRounding(difference, largestLength([from, to]));
  if (line.every((value) => value === 0)) return null;
  return (sample) => {
    let product = 0;
    for (let d = 0; d < dimensions; d++) {
      product += (features[sample * dimensions + d] - from[d]) * line[d];
    }
    return product;
  };
}

function gapOverSpan(a: number[], b: number[]): number {
  const [nearest, farthest] = [quantile(a, tail), quantile(b, 1 - tail)];
  const [borderOfA, borderOfB] = [quantile(a, 1 - tail), quantile(b, tail)];
  const span = Math.max(farthest, borderOfA) - Math.min(nearest, borderOfB);
  return (borderOfB - borderOfA) / span;
}

function placeOfSmallest(row: readonly (number | null)[]): number | null {
  return row.reduce<number | null>((best, value, place) => {
    if (value === null) return best;
    return best === null || value < (row[best] ?? Infinity) ? place : best;
  }, null);
}
