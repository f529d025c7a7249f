import { roundUp, type Slot, slotsIn } from '../../program/slots.ts';
import type { NativeInstruction } from './instructions.ts';

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

/** Largest first, each at the lowest place free during its life; returns the end. */
function placeLives(lives: Lifetime[], start: number, placement: Map<Slot, number>): number {
  const placed: (Lifetime & { at: number })[] = [];
  for (const life of [...lives].sort((a, b) => b.slot.size - a.slot.size)) {
    const rivals = placed
      .filter((other) => other.first <= life.last && life.first <= other.last)
      .sort((a, b) => a.at - b.at);
    let at = start;
    for (const rival of rivals) {
      if (rival.at - at >= roundUp(life.slot.size)) break;
      at = Math.max(at, rival.at + roundUp(rival.slot.size));
    }
    placed.push({ ...life, at });
    placement.set(life.slot, at);
  }
  return placed.reduce((end, { at, slot }) => Math.max(end, at + roundUp(slot.size)), start);
}
