import { roundUp, type Slot, slotsIn } from '../../program/slots.ts';
import type { NativeInstruction } from './instructions.ts';
import { Skyline } from './skyline.ts';

interface Lifetime {
  slot: Slot;
  first: number;
  last: number;
}

/**
 * Gives every slot its place: lasting ones first, in order; the others share what follows, two
 * of them overlapping only if no instruction of a timeline separates their lives. Timelines never
 * run at the same time and use the same memory.
 */
export function placeSlots(
  lasting: Slot[],
  timelines: NativeInstruction[][],
): { placement: Map<Slot, number>; arenaFloats: number } {
  const placement = new Map<Slot, number>();
  let start = 0;
  for (const slot of lasting) {
    placement.set(slot, start);
    start += roundUp(slot.size);
  }
  let end = start;
  for (const timeline of timelines) {
    const lives = lifetimes(timeline).filter(({ slot }) => !placement.has(slot));
    end = Math.max(end, placeLives(lives, start, placement));
  }
  return { placement, arenaFloats: end };
}

/** First and last instruction that mentions each slot. */
function lifetimes(timeline: NativeInstruction[]): Lifetime[] {
  const lives = new Map<Slot, Lifetime>();
  timeline.forEach((instruction, index) => {
    for (const slot of slotsIn(instruction)) {
      const life = lives.get(slot);
      if (life) life.last = index;
      else lives.set(slot, { slot, first: index, last: index });
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
  const order = [...lives].sort((a, b) => b.slot.size - a.slot.size);
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
    const size = roundUp(life.slot.size);
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
