/** A named stretch of a machine's memory. */
export class Slot {
  readonly name: string;
  /** How many floats or words it holds. */
  readonly size: number;
  /** Numbers, or 32-bit words that must keep every bit. */
  readonly holds: 'floats' | 'words';

  constructor(name: string, size: number, holds: Slot['holds'] = 'floats') {
    this.name = name;
    this.size = size;
    this.holds = holds;
  }
}

/** Batches, and what is run of them, are multiples of so many samples. */
export const block = 16;

/** The least multiple of `block` that is not below `size`. */
export const roundUp = (size: number): number => Math.ceil(size / block) * block;

/** Every slot that a value mentions, however deep. */
export function slotsIn(value: unknown): Slot[] {
  if (value instanceof Slot) return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(slotsIn);
}
