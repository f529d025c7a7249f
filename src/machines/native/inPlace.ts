import type { Instruction, InstructionOf } from '../../program/instructions.ts';
import { isPlain, type Stored, type Term } from '../../program/operands.ts';
import { type Slot, slotsIn } from '../../program/slots.ts';

/** Where a convolution leaves the gradient of what it read. */
export interface Share {
  /** The gradient of the activation that its view is of. */
  to: Stored;
  /** Whether something stands there that it adds to. */
  adds: boolean;
}

/** Which gradients of activations are summed in one place, while convolutions compute their shares. */
export interface InPlace {
  /** By the slot that the program has a convolution leave its view's gradient in. */
  shares: ReadonlyMap<Slot, Share>;
  /** Gradients that stand where the gradient does that a skip path passes on to them. */
  places: ReadonlyMap<Slot, Slot>;
}

type Accumulate = InstructionOf<'accumulate'>;

/**
 * Finds the sums of gradients that need no place for each consumer's share. What a convolution owes an activation
 * through a batch norm is slope · g + curve · x + offset. The slope is known while g is computed: so the copies of
 * a norm are summed there and then, in the place of what a skip path passes on, if nothing reads that any more. The rest
 * is known when all of g has been summed, and added by `accumulate`.
 *
 * In bfloat16 every addition would round: there shares are stored apart.
 */
export function gradientsInPlace(timeline: readonly Instruction[]): InPlace {
  const shares = new Map<Slot, Share>();
  const places = new Map<Slot, Slot>();
  const uses = usesOf(timeline);
  timeline.forEach((instruction, end) => {
    if (instruction.opcode !== 'accumulate') return;
    const { to, terms } = instruction;
    const own = terms.filter(isShare).map(({ gradient }) => gradient);
    if (own.length === 0) return;
    const begin = Math.min(...own.map((slot) => uses.get(slot)![0]));
    const passed = terms.filter(isPassed).map(({ gradient }) => gradient);
    const base = passed.find((slot) => uses.get(slot)!.every((at) => at < begin || at === end));
    if (base) places.set(to.slot, places.get(base) ?? base);
    for (const slot of own)
      shares.set(slot, { to, adds: Boolean(base) || uses.get(slot)![0] > begin });
  });
  return { shares, places };
}

/** Whether a term is what a convolution leaves, of every pixel of the activation. */
const isShare = ({ kind, gradient, view }: Term): boolean =>
  kind === 'stored' && view.subsample <= 1 && gradient.holds === 'floats';

/** Whether a term is a gradient as it stands. */
const isPassed = ({ kind, view }: Term): boolean => kind === 'passed' && isPlain(view);

/** The places in a timeline of the instructions that name each slot. */
function usesOf(timeline: readonly Instruction[]): Map<Slot, number[]> {
  const uses = new Map<Slot, number[]>();
  timeline.forEach((instruction, at) => {
    for (const slot of slotsIn(instruction)) uses.set(slot, [...(uses.get(slot) ?? []), at]);
  });
  return uses;
}

/** What is left to do for a sum: first of its terms that stand in its place, and nothing where these are all of it. */
export function leftOf(sum: Accumulate, { shares, places }: InPlace): Accumulate[] {
  const { to, terms } = sum;
  const own = terms.filter(({ gradient }) => shares.has(gradient));
  if (own.length === 0) return [sum];
  const placeOf = (slot: Slot) => places.get(slot) ?? slot;
  const others = terms.filter(
    ({ gradient }) => !shares.has(gradient) && placeOf(gradient) !== placeOf(to.slot),
  );
  const normed = own.filter(({ view }) => view.norm);
  if (normed.length + others.length === 0) return [];
  // Without a norm one of them says that the sum has begun.
  const begun = normed.length > 0 ? normed : own.slice(0, 1);
  const inPlace = begun.map((term) => ({ ...term, gradient: to.slot, channels: to.channels }));
  return [{ ...sum, terms: [...inPlace, ...others] }];
}
