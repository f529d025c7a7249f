import type { RandomStream } from '../random/index.ts';

/**
 * For each sample N coefficients uniform on the simplex, that is Dirichlet(1, …, 1): exponentials
 * divided by their sum. Each then moves towards 1/N, to 1/N + strength · (draw − 1/N): they still
 * add up to 1, with mean 1/N and variance strength² · (N − 1) / (N² (N + 1)).
 *
 * @param strength in [0, 1]; 1 leaves the draw as it is
 * @param out [branches][samples]
 */
export function fillFromSimplex(
  stream: RandomStream,
  { branches, samples, strength }: { branches: number; samples: number; strength: number },
  out: Float32Array,
): void {
  const floor = (1 - strength) / branches;
  const size = branches * samples;
  for (let sample = 0; sample < samples; sample++) {
    let total = 0;
    for (let i = sample; i < size; i += samples) {
      const weight = stream.exponential();
      out[i] = weight;
      total += weight;
    }
    const scale = strength / total;
    for (let i = sample; i < size; i += samples) out[i] = floor + scale * out[i];
  }
}
