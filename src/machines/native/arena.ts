import { roundUp, type Slot, slotsIn } from '../../program/slots.ts';
import type { NativeInstruction } from './instructions.ts';
import { Skyline } from './skyline.ts';

/** Where slots lie in the arena, in floats, and the end of what they take. */
export interface Places {
  placement: Map<Slot, number>;
  end: number;
}

/** Slots side by side, from `start` on. */
export function placeInOrder(slots: Iterable<Slot>, start: number): Places {
  const placement = new Map<Slot, number>();
  let end = start;
  for (const slot of slots) {
    placement.set(slot, end);
    end += roundUp(slot.size);
  }
  return { placement, end };
}

/**
 * The slots of a timeline of instructions that have no place yet, from `start` on; two of them
 * overlap only if no instruction separates their lives.
 *
 * @param share the part of their size that they need
 */
export function placeByLife(
  timeline: NativeInstruction[],
  { placement: placed, end: start }: Places,
  share = 1,
): Places {
  const lives = lifetimes(timeline, share).filter(({ slot }) => !placed.has(slot));
  const placement = new Map<Slot, number>();
  return { placement, end: placeLives(lives, start, placement) };
}

interface Lifetime {
  slot: Slot;
  size: number;
  first: number;
  last: number;
}

/** First and last instruction that mentions each slot. */
function lifetimes(timeline: NativeInstruction[], share: number): Lifetime[] {
  const lives = new Map<Slot, Lifetime>();
  timeline.forEach((instruction, index) => {
    for (const slot of slotsIn(instruction)) {
      const life = lives.get(slot);
      if (life) life.last = index;
      else lives.set(slot, { slot, size: share * slot.size, first: index, last: index });
    }
  });
  return [...lives.values()];
}

interface Placed extends Lifetime {
  at: number;
  end: number;
}

/** Largest first, each at the lowest place free during its life; returns the end. */
function placeLives(lives: Lifetime[], start: number, placement: Map<Slot, number>): number {
  const moments = lives.reduce((most, { last }) => Math.max(most, last + 1), 0);
  const arena = new Arena(moments, start);
  const order = [...lives].sort((a, b) => b.size - a.size);
  for (const life of order) placement.set(life.slot, arena.place(life));
  return arena.end;
}

/** The slots placed so far. */
class Arena {
  end: number;
  private readonly skyline: Skyline;
  /** In the order of their places. */
  private readonly placed: Placed[] = [];
  private largest = 0;

  constructor(moments: number, start: number) {
    this.skyline = new Skyline(moments, start);
    this.end = start;
  }

  place(life: Lifetime): number {
    const size = roundUp(life.size);
    const at = this.lowestFree(life, size);
    const placed = { ...life, at, end: at + size };
    this.placed.splice(this.firstFrom(at), 0, placed);
    this.skyline.take(placed);
    this.largest = Math.max(this.largest, size);
    this.end = Math.max(this.end, placed.end);
    return at;
  }

  /** Looks upwards from where the skyline says that all is taken, which what it meets raises. */
  private lowestFree(life: Lifetime, size: number): number {
    let at = this.skyline.above(life);
    for (let index = this.firstFrom(at - this.largest); index < this.placed.length; index++) {
      const other = this.placed[index];
      if (other.at - at >= size) break;
      if (other.end <= at || other.first > life.last || life.first > other.last) continue;
      if (other.at <= at) this.skyline.take(other);
      at = other.end;
    }
    return at;
  }

  /** The index of the first that lies at `at` or above. */
  private firstFrom(at: number): number {
    let [low, high] = [0, this.placed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.placed[middle].at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
