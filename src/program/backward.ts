import type { Instruction, InstructionOf } from './instructions.ts';
import {
  isPlain,
  type NormRecord,
  plain,
  type Stored,
  type Term,
  type View,
  viewShape,
} from './operands.ts';
import type { ProgramSlots } from './programSlots.ts';
import type { Slot } from './slots.ts';

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
  /** Nobody asks for the gradient of these. */
  private readonly images = new Set<Slot>();
  private readonly statistics = new Map<NormRecord, InstructionOf<'statistics'>>();
  private readonly forward: Instruction[];
  private readonly slots: ProgramSlots;

  constructor(forward: Instruction[], slots: ProgramSlots) {
    this.forward = forward;
    this.slots = slots;
    for (const instruction of forward) {
      if (instruction.opcode === 'load') this.images.add(instruction.to.slot);
      if (instruction.opcode === 'statistics') this.statistics.set(instruction.norm, instruction);
    }
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
    const { slot: to } = this.slots.stored('pool.gradient', { ...shape, height: 1, width: 1 });
    const from = this.slots.featureGradients;
    this.instructions.push({ opcode: 'poolGradient', from, to, shape });
    this.add({ kind: 'pooled', gradient: to, channels: shape.channels, coefficients: null, view });
  }

  private mix({ skip, branches, to, coefficients }: InstructionOf<'mix'>): void {
    const { slot: gradient, channels } = this.gradientOf(to);
    this.add({ kind: 'passed', gradient, channels, coefficients: null, view: skip });
    if (!branches || !coefficients) return;
    const beta = this.slots.backwardOf(coefficients);
    this.add({ kind: 'mixed', gradient, channels, coefficients: beta, view: branches });
  }

  private dropout({ view, to, ...mask }: InstructionOf<'dropout'>): void {
    const passed = this.slots.stored(`${to.slot.name}.passed`, to);
    const from = plain(this.gradientOf(to));
    this.instructions.push({ ...mask, view: from, to: passed });
    const { slot: gradient, channels } = passed;
    this.add({ kind: 'passed', gradient, channels, coefficients: null, view });
  }

  private conv({ view, to: output, weights, ...shape }: InstructionOf<'conv'>): void {
    const term = this.termOf(output);
    const { gradient } = this.slots.parameterAt(weights);
    const to = this.images.has(view.of.slot) ? null : this.inputGradient(output, view);
    this.instructions.push({ ...shape, opcode: 'convGradient', term, view, weights, gradient, to });
    if (!to) return;
    const { slot, channels } = to;
    this.add({ kind: 'stored', gradient: slot, channels, coefficients: null, view });
  }

  private inputGradient({ slot }: Stored, view: View): Stored {
    return this.slots.stored(`${slot.name}.input`, viewShape(view));
  }

  /** A term that reaches a batch norm needs what the norm's derivative subtracts. */
  private add(term: Term): void {
    if (term.view.norm) this.normGradient(term);
    this.push(term);
  }

  private push(term: Term): void {
    const others = this.terms.get(term.view.of);
    if (others) others.push(term);
    else this.terms.set(term.view.of, [term]);
  }

  private normGradient(term: Term): void {
    const { gamma, beta } = this.statistics.get(term.view.norm!)!;
    const [gammaGradient, betaGradient] = [gamma, beta].map(
      (value) => this.slots.parameterAt(value).gradient,
    );
    this.instructions.push({ opcode: 'normGradient', term, gamma, gammaGradient, betaGradient });
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
