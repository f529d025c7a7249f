import { eachValue, type Tensor } from '../../ops/tensor.ts';
import { type NormNumber, type NormRecord, normPlaces, type View } from '../../program/operands.ts';
import type { Slot } from '../../program/slots.ts';
import type { ReferenceMemory } from './memory.ts';

/** A norm record, opened. */
export function openRecord(
  norm: NormRecord,
  memory: ReferenceMemory,
): Record<NormNumber, Float32Array> {
  const record = memory.values(norm.record);
  const numbers = Object.entries(normPlaces(norm).places).map(
    ([name, { first, end }]) => [name, record.subarray(first, end)] as const,
  );
  return Object.fromEntries(numbers) as Record<NormNumber, Float32Array>;
}

/** Sums of g and g x̂ a channel. */
export function gradientSums(g: Tensor, { of, norm }: View, memory: ReferenceMemory) {
  const { mean, inverse } = openRecord(norm!, memory);
  const x = memory.read(of);
  const size = x.channels * x.height * x.width;
  const [sum, product] = [new Float64Array(g.channels), new Float64Array(g.channels)];
  eachValue(g, (sample, c, i) => {
    const from = c % of.channels;
    sum[c] += g.data[i];
    product[c] += g.data[i] * (x.data[sample * size + (i % size)] - mean[from]) * inverse[from];
  });
  return { sum, product };
}

/** From statistics to the affine map that views apply. */
export function writeAffine(
  { norm, gamma, beta }: { norm: NormRecord; gamma: Slot; beta: Slot },
  means: Float64Array,
  variances: Float64Array,
  memory: ReferenceMemory,
  epsilon: number,
): void {
  const { mean, inverse, scale, shift } = openRecord(norm, memory);
  mean.set(means);
  inverse.set(variances.map((variance) => 1 / Math.sqrt(variance + epsilon)));
  for (let c = 0; c < scale.length; c++) {
    scale[c] = memory.values(gamma)[c] * inverse[c % norm.channels];
    shift[c] = memory.values(beta)[c] - scale[c] * mean[c % norm.channels];
  }
}

/** Moves running statistics towards those of a batch. */
export function moveRunning(running: Float32Array, statistic: Float64Array, weight: number): void {
  if (weight === 0) return;
  for (let c = 0; c < statistic.length; c++)
    running[c] = (1 - weight) * running[c] + weight * statistic[c];
}
