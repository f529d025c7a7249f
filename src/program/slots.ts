/** A named stretch of the arena; the planner decides where it lies. */
export class Slot {
  readonly name: string;
  /** Length in floats. */
  readonly size: number;

  constructor(name: string, size: number) {
    this.name = name;
    this.size = size;
  }
}

/** Samples that lie side by side in the innermost dimension; also the alignment of every slot. */
export const block = 16;

export const roundUp = (size: number): number => Math.ceil(size / block) * block;

/** A slot's values as the 32-bit words that they are stored as. */
export const wordsOf = ({ buffer, byteOffset, length }: Float32Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length);

/** Every slot that a value mentions, however deep. */
export function slotsIn(value: unknown): Slot[] {
  if (value instanceof Slot) return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(slotsIn);
}
