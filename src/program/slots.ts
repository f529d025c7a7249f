/** Of each kind of values how many have the room of a float. */
const inAFloat = { floats: 1, words: 1, bf16: 2 } as const;

/** A named stretch of a machine's memory. */
export class Slot {
  readonly name: string;
  /** How many values it holds. */
  readonly size: number;
  /** Numbers, 32-bit words that must keep every bit, or numbers of bfloat16. */
  readonly holds: keyof typeof inAFloat;

  constructor(name: string, size: number, holds: Slot['holds'] = 'floats') {
    this.name = name;
    this.size = size;
    this.holds = holds;
  }

  /** Its room in floats. */
  get floats(): number {
    return this.floatsOf(this.size);
  }

  /** The room in floats of so many of its values. */
  floatsOf(values: number): number {
    return values / inAFloat[this.holds];
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

/** A value with other slots in the place of some, however deep. */
export function withSlots<Value>(value: Value, others: ReadonlyMap<Slot, Slot>): Value {
  if (value instanceof Slot) return (others.get(value) ?? value) as Value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one) => withSlots(one, others)) as Value;
  const entries = Object.entries(value).map(([name, one]) => [name, withSlots(one, others)]);
  return Object.fromEntries(entries) as Value;
}
