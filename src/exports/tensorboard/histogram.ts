/** How many values lie where, as TensorBoard's `HistogramProto` says it. */
export interface Histogram {
  /** Where the buckets begin and end: the least and the most of the values, unless all are alike. */
  least: number;
  most: number;
  count: number;
  sum: number;
  squares: number;
  /** Right edges of the buckets. */
  edges: number[];
  /** Values in each. */
  counts: number[];
}

const buckets = 30;

/** From the least to the most; a little around values that are all alike, which TensorBoard would spread over 30 units. */
function extentOf(values: Float32Array): [least: number, most: number] {
  const least = values.reduce((low, value) => Math.min(low, value));
  const most = values.reduce((high, value) => Math.max(high, value));
  const around = Math.max(0.01, Math.abs(least) / 20);
  return least < most ? [least, most] : [least - around, most + around];
}

/** The histogram of values in equal buckets between the least and the most; null where none is finite. */
export function histogramOf(values: Float32Array): Histogram | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const [least, most] = extentOf(finite);
  const width = (most - least) / buckets;
  const counts = new Array<number>(buckets).fill(0);
  for (const value of finite) counts[Math.min(buckets - 1, Math.floor((value - least) / width))]++;
  const edges = counts.map((_, bucket) =>
    bucket === buckets - 1 ? most : least + (bucket + 1) * width,
  );
  const sum = finite.reduce((total, value) => total + value, 0);
  const squares = finite.reduce((total, value) => total + value * value, 0);
  return { least, most, count: finite.length, sum, squares, edges, counts };
}
