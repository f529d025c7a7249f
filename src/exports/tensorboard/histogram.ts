/** How many values lie where, as TensorBoard's `HistogramProto` says it. */
export interface Histogram {
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

/** The histogram of values in equal buckets between the least and the most; null where none is finite. */
export function histogramOf(values: Float32Array): Histogram | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const least = finite.reduce((low, value) => Math.min(low, value));
  const most = finite.reduce((high, value) => Math.max(high, value));
  const width = (most - least) / buckets || 1;
  const counts = new Array<number>(buckets).fill(0);
  for (const value of finite) counts[Math.min(buckets - 1, Math.floor((value - least) / width))]++;
  const edges = counts.map((_, bucket) =>
    bucket === buckets - 1 && most > least ? most : least + (bucket + 1) * width,
  );
  const sum = finite.reduce((total, value) => total + value, 0);
  const squares = finite.reduce((total, value) => total + value * value, 0);
  return { least, most, count: finite.length, sum, squares, edges, counts };
}
