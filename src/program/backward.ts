import {
  type ConvShape,
  type Instruction,
  type InstructionOf,
  isPlain,
  plain,
  type Stored,
  type Term,
  type View,
  viewShape,
} from './instructions.ts';
import { packWeights } from './pack.ts';
import type { ProgramSlots } from './programSlots.ts';
import { Slot } from './slots.ts';

/**
 * Reverse-mode differentiation of the forward instructions. A view is differentiated by its
 * consumer, so the gradient of a stored activation is a sum of terms, one a consumer; a
 * convolution reads its single term on the fly, and only where several meet is the sum stored.
 */
export function lowerBackward(forward: Instruction[], slots: ProgramSlots): Instruction[] {
  return new BackwardLowering(forward, slots).run();
}

class BackwardLowering {
  private readonly instructions: Instruction[] = [];
  private readonly terms = new Map<Stored, Term[]>();
  private readonly forward: Instruction[];
  private readonly slots: ProgramSlots;

  constructor(forward: Instruction[], slots: ProgramSlots) {
    this.forward = forward;
    this.slots = slots;
  }

  run(): Instruction[] {
    for (const instruction of [...this.forward].reverse()) {
      if (instruction.opcode === 'pool') this.pool(instruction);
      if (instruction.opcode === 'mix') this.mix(instruction);
      if (instruction.opcode === 'dropout') this.dropout(instruction);
      if (instruction.opcode === 'conv') this.conv(instruction);
    }
    return this.instructions;
  }

  private pool({ view }: InstructionOf<'pool'>): void {
    const shape = viewShape(view);
    const to = new Slot('pool.gradient', this.slots.batch * shape.channels);
    const from = this.slots.featureGradients;
    this.instructions.push({ opcode: 'poolGradient', from, to, shape });
    this.add({ kind: 'pooled', gradient: to, channels: shape.channels, coefficients: null, view });
  }

  private mix({ skip, branches, to, coefficients }: InstructionOf<'mix'>): void {
    const { slot: gradient, channels } = this.gradientOf(to);
    this.add({ kind: 'passed', gradient, channels, coefficients: null, view: skip });
    if (!branches || !coefficients) return;
    const beta = this.slots.coefficients.find(({ forward }) => forward === coefficients)!.backward;
    this.add({ kind: 'mixed', gradient, channels, coefficients: beta, view: branches });
  }

  private dropout({ view, to, ...mask }: InstructionOf<'dropout'>): void {
    const passed = this.slots.stored(`${to.slot.name}.passed`, to);
    const from = plain(this.gradientOf(to));
    this.instructions.push({ ...mask, view: from, to: passed, sums: null });
    const { slot: gradient, channels } = passed;
    this.add({ kind: 'passed', gradient, channels, coefficients: null, view });
  }

  private conv(instruction: InstructionOf<'conv'>): void {
    const { view, to, kernel, stride, groups, winograd } = instruction;
    const term = this.termOf(to);
    const parameter = this.slots.parameterOf(`${to.slot.name}.weight`);
    const partials = this.slots.partials(to.slot.name, parameter.value.size);
    const shape = { kernel, groups, winograd };
    const input = view.of.slot.name === 'images' ? null : this.inputOf(view, to, shape);
    const [outChannels, inChannels] = parameter.shape;
    const { height } = view.of;
    const { gradient } = parameter;
    this.instructions.push(
      { opcode: 'convGradient', term, view, input, partials, stride, ...shape },
      { opcode: 'sumFilters', partials, gradient, outChannels, inChannels, height, ...shape },
    );
    if (!input) return;
    if (input.sums) this.normGradient(view, input.sums);
    const { slot, channels } = input.to;
    this.push({ kind: 'stored', gradient: slot, channels, coefficients: null, view });
  }

  /** Where a convolution's gradient of what it saw goes, and its weights, packed for that. */
  private inputOf(view: View, { slot: { name } }: Stored, shape: Omit<ConvShape, 'stride'>) {
    const packed = packWeights(this.slots, name, shape, 'backward');
    this.instructions.push(packed);
    const to = this.slots.stored(`${name}.input`, viewShape(view));
    const sums = view.norm ? this.slots.sums(to.slot.name, to.channels) : null;
    return { weights: packed.to, to, sums };
  }

  /** A term that reaches a batch norm first needs the sums that its derivative subtracts. */
  private add(term: Term): void {
    if (term.view.norm) {
      const { channels } = viewShape(term.view);
      const sums = this.slots.sums(`${term.view.of.slot.name}.gradient`, channels);
      this.instructions.push({ opcode: 'reduce', term, sums });
      this.normGradient(term.view, sums);
    }
    this.push(term);
  }

  private push(term: Term): void {
    this.terms.set(term.view.of, [...(this.terms.get(term.view.of) ?? []), term]);
  }

  private normGradient({ of, norm }: View, sums: Slot): void {
    const found = this.forward.find(
      (i): i is InstructionOf<'statistics'> => i.opcode === 'statistics' && i.norm === norm,
    )!;
    const name = found.gamma.name.replace(/\.weight$/, '');
    this.instructions.push({
      opcode: 'normGradient',
      norm: found.norm,
      of,
      sums,
      gamma: found.gamma,
      gammaGradient: this.slots.parameterOf(`${name}.weight`).gradient,
      betaGradient: this.slots.parameterOf(`${name}.bias`).gradient,
    });
  }

  /** The gradient of a stored activation as one term that can be read on the fly. */
  private termOf(of: Stored): Term {
    const terms = this.terms.get(of)!;
    if (terms.length === 1 && viewShape(terms[0].view).channels === of.channels) return terms[0];
    const { slot: gradient, channels } = this.accumulate(of, terms);
    return { kind: 'passed', gradient, channels, coefficients: null, view: plain(of) };
  }

  /** The gradient of a stored activation, stored. */
  private gradientOf(of: Stored): Stored {
    const terms = this.terms.get(of)!;
    const [{ kind, view, gradient }] = terms;
    const whole = kind === 'passed' || kind === 'stored';
    if (terms.length === 1 && whole && isPlain(view)) return { ...of, slot: gradient };
    return this.accumulate(of, terms);
  }

  private accumulate(of: Stored, terms: Term[]): Stored {
    const to = this.slots.stored(`${of.slot.name}.gradient`, of);
    this.instructions.push({ opcode: 'accumulate', terms, to });
    return to;
  }
}
