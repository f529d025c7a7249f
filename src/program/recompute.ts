import type { Instruction, InstructionOf } from './instructions.ts';
import type { Stored } from './operands.ts';
import { Slot, slotsIn, withSlots } from './slots.ts';

type Conv = InstructionOf<'conv'>;

/**
 * Trades time for memory: what convolutions of branches leave at the net's largest maps is forgotten after
 * the forward, and computed anew by the same instructions, and so to the same bits, just before the
 * backward reads it. A map four times as large takes as much more memory for no more operations.
 *
 * @returns the backward that computes it anew
 */
export function recomputing(
  forward: readonly Instruction[],
  backward: readonly Instruction[],
): Instruction[] {
  const chosen = new Map(largest(branchConvolutions(forward)).map((conv) => [conv.to.slot, conv]));
  const anew = new Map<Slot, Slot>();
  const computed = (slots: Slot[]): Instruction[] =>
    slots.flatMap((slot) => {
      const conv = chosen.get(slot);
      if (!conv || anew.has(slot)) return [];
      const before = computed(slotsIn(conv.view));
      anew.set(slot, new Slot(`${slot.name}.anew`, slot.size, slot.holds));
      return [...before, withSlots(conv, anew)];
    });
  return backward.flatMap((one) => [...computed(slotsIn(one)), withSlots(one, anew)]);
}

/** The convolutions between the mix before a block, or the stem, and the block's own mix. */
function branchConvolutions(forward: readonly Instruction[]): Conv[] {
  const convolutions = new Map(
    forward.flatMap((one) => (one.opcode === 'conv' ? [[one.to.slot, one] as const] : [])),
  );
  const chain = (of: Stored): Conv[] => {
    const conv = convolutions.get(of.slot);
    return conv ? [conv, ...chain(conv.view.of)] : [];
  };
  return forward.flatMap((one) =>
    one.opcode === 'mix' && one.branches ? chain(one.branches.of) : [],
  );
}

function largest(convolutions: readonly Conv[]): Conv[] {
  const area = ({ to: { height, width } }: Conv): number => height * width;
  const most = Math.max(...convolutions.map(area));
  return convolutions.filter((conv) => area(conv) === most);
}
