import { roundUp, type Slot, slotsIn } from '../../program/slots.ts';
import type { NativeInstruction } from './instructions.ts';
import { Occupancy, type Span } from './occupancy.ts';

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
    end += roundUp(slot.floats);
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

interface Lifetime extends Span {
  slot: Slot;
  size: number;
}

/** First and last instruction that mentions each slot. */
function lifetimes(timeline: NativeInstruction[], share: number): Lifetime[] {
  const lives = new Map<Slot, Lifetime>();
  timeline.forEach((instruction, index) => {
    for (const slot of slotsIn(instruction)) {
      const life = lives.get(slot);
      if (life) life.last = index;
      else lives.set(slot, { slot, size: share * slot.floats, first: index, last: index });
    }
  });
  return [...lives.values()];
}

/** Largest first, each at the lowest place free during its life; returns the end. */
function placeLives(lives: Lifetime[], start: number, placement: Map<Slot, number>): number {
  const occupancy = new Occupancy(lives.reduce((most, { last }) => Math.max(most, last + 1), 0));
  let arenaEnd = start;
  for (const { slot, size, first, last } of [...lives].sort((a, b) => b.size - a.size)) {
    const at = occupancy.lowestFree({ first, last }, roundUp(size), start);
    const end = at + roundUp(size);
    occupancy.take({ first, last, at, end });
    placement.set(slot, at);
    arenaEnd = Math.max(arenaEnd, end);
  }
  return arenaEnd;
}
