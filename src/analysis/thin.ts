import type { Embedding } from './embedding.ts';

/** At most `limit` of an embedding's samples, evenly spaced; all where there are no more. */
export function thin(embedding: Embedding, limit: number): Embedding {
  const { features, dimensions, labels, classes } = embedding;
  if (embedding.count <= limit) return embedding;
  const kept = Array.from({ length: limit }, (_, i) => Math.floor((i * embedding.count) / limit));
  const thinned = new Float32Array(limit * dimensions);
  kept.forEach((sample, i) => {
    thinned.set(features.subarray(sample * dimensions, (sample + 1) * dimensions), i * dimensions);
  });
  const count = limit;
  return { features: thinned, dimensions, count, labels: kept.map((s) => labels[s]), classes };
}
