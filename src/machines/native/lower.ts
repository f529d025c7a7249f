import type { Instruction, InstructionOf, Opcode } from '../../program/instructions.ts';
import { type Stored, viewShape } from '../../program/operands.ts';
import type { Program } from '../../program/program.ts';
import { block, roundUp, Slot, slotsIn, withSlots } from '../../program/slots.ts';
import {
  type Convolutions,
  transformedSize,
  type WinogradDimensions,
  winogradPays,
} from './algorithm.ts';
import { placeByLife, placeInOrder } from './arena.ts';
import { gradientsInPlace, type InPlace, leftOf } from './inPlace.ts';
import type { NativeInstruction, NativeOf, NativeSectionName } from './instructions.ts';
import { mostPieces } from './pieces.ts';

/** A program as the native machine runs it, with a place in its arena for every slot. */
export interface NativeProgram {
  sections: Record<NativeSectionName, NativeInstruction[]>;
  placement: Map<Slot, number>;
  /** Where an evaluation lies in which a thread takes sixteen samples through it by itself. */
  alone: {
    placement: Map<Slot, number>;
    /** How far the places of two threads' activations lie apart. */
    floats: number;
  };
  /** Length of the arena in floats. */
  arenaFloats: number;
}

/** How a program is lowered. */
export interface Lowering {
  /** In their fastest way unless told otherwise. */
  convolutions?: Convolutions;
  /** Threads that may evaluate side by side; 1 by default. */
  threads?: number;
}

/** Decides how the native machine computes a program: algorithms, sums by piece, packed weights. */
export function lowerNative(
  program: Program,
  { convolutions = 'fastest', threads = 1 }: Lowering = {},
): NativeProgram {
  const { forward, backward, update, evaluate } = program.sections;
  const lower = (...lists: Instruction[][]) =>
    new NativeLowering(program.batch, convolutions, lists.flat());
  const training = lower(forward, backward, update);
  const evaluation = lower(evaluate).run(evaluate);
  const sections = {
    forward: training.run(forward),
    backward: training.run(backward),
    update: training.run(update),
    evaluate: evaluation.filter((instruction) => !isPreparation(instruction)),
    prepare: evaluation.filter(isPreparation),
  };
  return { sections, ...place(program, sections, threads) };
}

/** Whether an instruction of an evaluation depends on no sample. */
const isPreparation = ({ opcode }: NativeInstruction): boolean =>
  opcode === 'pack' || opcode === 'normalise';

/** What lasts comes first. Training and evaluation never run at the same time and share the rest. */
function place(
  { lasting, batch }: Program,
  { forward, backward, prepare, evaluate }: NativeProgram['sections'],
  threads: number,
): Omit<NativeProgram, 'sections'> {
  const kept = placeInOrder(lasting, 0);
  const training = placeByLife([...forward, ...backward], kept);
  const ready = placeInOrder(
    new Set(slotsIn(prepare).filter((slot) => !kept.placement.has(slot))),
    kept.end,
  );
  const before = { ...ready, placement: new Map([...kept.placement, ...ready.placement]) };
  const whole = placeByLife(evaluate, before);
  const alone = placeByLife(evaluate, before, block / batch);
  const floats = alone.end - before.end;
  const ends = [training.end, whole.end, before.end + Math.min(threads, batch / block) * floats];
  return {
    placement: new Map([...before.placement, ...training.placement, ...whole.placement]),
    alone: { placement: new Map([...before.placement, ...alone.placement]), floats },
    arenaFloats: Math.max(...ends),
  };
}

type Lowered = NativeInstruction[];
type Rule<K extends Opcode> = (instruction: InstructionOf<K>) => Lowered;
/** Opcodes whose operands are not the program's own. */
type Differing =
  | { [K in Opcode]: InstructionOf<K> extends NativeOf<K> ? never : K }[Opcode]
  /** Of sums of gradients only what is not in their place already. */
  | 'accumulate';
type Conv = Pick<InstructionOf<'conv'>, 'view' | 'kernel' | 'stride' | 'groups'>;

class NativeLowering {
  private readonly batch: number;
  private readonly convolutions: Convolutions;
  /** Where the channels of what the batch norms read are summed. */
  private readonly sums = new Map<Slot, Slot>();
  private readonly inPlace: InPlace;

  constructor(batch: number, convolutions: Convolutions, timeline: Instruction[]) {
    this.batch = batch;
    this.convolutions = convolutions;
    this.inPlace = gradientsInPlace(timeline);
    for (const instruction of timeline) this.addSums(instruction);
  }

  private addSums(instruction: Instruction): void {
    if (instruction.opcode === 'statistics') {
      const { slot, channels } = instruction.of;
      this.sums.set(slot, this.sumsSlot(slot.name, channels));
    }
    if (instruction.opcode === 'normGradient' && instruction.term.kind === 'stored') {
      const { gradient, channels } = instruction.term;
      this.sums.set(gradient, this.sumsSlot(gradient.name, channels));
    }
  }

  run(section: Instruction[]): Lowered {
    return section.flatMap((instruction) => this.lower(instruction));
  }

  private lower<K extends Opcode>(instruction: InstructionOf<K>): Lowered {
    const rule = (this.rules as Partial<Record<Opcode, unknown>>)[instruction.opcode] as
      | Rule<K>
      | undefined;
    const lowered = rule ? rule(instruction) : [instruction as unknown as NativeInstruction];
    return this.inPlace.places.size > 0 ? withSlots(lowered, this.inPlace.places) : lowered;
  }

  /** What becomes of the instructions that are not run as they are. */
  private readonly rules: { [K in Differing]: Rule<K> } = {
    conv: (i) => {
      const winograd = this.winogradPays(i, i.to);
      const packed = this.pack(i, i.to, 'forward', winograd);
      return [packed, { ...i, weights: packed.to, winograd, sums: this.sumsOf(i.to) }];
    },
    statistics: (i) => [{ ...i, sums: this.sums.get(i.of.slot)! }],
    mix: (i) => [{ ...i, sums: this.sumsOf(i.to) }],
    dropout: (i) => [{ ...i, sums: this.sumsOf(i.to) }],
    convGradient: (i) => this.convGradient(i),
    normGradient: ({ term, opcode, ...parameters }) => {
      const { of, norm } = term.view;
      const summed = term.kind === 'stored' && this.sums.get(term.gradient);
      const sums =
        summed || this.sumsSlot(`${of.slot.name}.gradient`, viewShape(term.view).channels);
      const reduce: Lowered = summed ? [] : [{ opcode: 'reduce', term, sums }];
      return [...reduce, { opcode, norm: norm!, of, sums, ...parameters }];
    },
    accumulate: (i) => leftOf(i, this.inPlace),
    sgd: ({ opcode, parameters, ...how }) => {
      const [{ value, gradient, momentum }] = parameters;
      const size = parameters.reduce((sum, one) => sum + roundUp(one.value.size), 0);
      return [{ opcode, parameters: value, gradients: gradient, momentum, size, ...how }];
    },
  };

  private convGradient({ gradient, weights, ...i }: InstructionOf<'convGradient'>): Lowered {
    const share = i.to && this.inPlace.shares.get(i.to.slot);
    const output = i.term.view.of;
    const winograd = this.winogradPays(i, output);
    const packed = i.to ? [this.pack({ ...i, weights }, output, 'backward', winograd)] : [];
    const size = mostPieces(this.batch) * gradient.size;
    const partials = new Slot(`${output.slot.name}.partials`, size);
    const sums = i.to && this.sumsOf(i.to);
    const { height } = i.view.of;
    const filters = filterShape(i, output);
    return [
      ...packed,
      {
        ...{ ...i, weights: packed[0]?.to ?? null, partials, winograd, sums },
        ...{ to: share?.to ?? i.to, whole: Boolean(share), adds: share?.adds ?? false },
      },
      { opcode: 'sumFilters', partials, gradient, ...filters, winograd, height },
    ];
  }

  private winogradPays(conv: Conv, { channels }: Stored): WinogradDimensions {
    return this.convolutions === 'fastest' ? winogradPays(conv, channels) : 0;
  }

  private pack(
    conv: Conv & { weights: Slot },
    output: Stored,
    direction: 'forward' | 'backward',
    winograd: WinogradDimensions,
  ): NativeOf<'pack'> {
    const { weights, groups } = conv;
    const perGroup = (output.channels * filterShape(conv, output).inChannels) / groups;
    const size = winograd ? groups * transformedSize(perGroup, winograd) : weights.size;
    const to = new Slot(`${output.slot.name}.${direction}`, roundUp(size));
    const backward = direction === 'backward';
    return { opcode: 'pack', weights, to, backward, ...filterShape(conv, output), winograd };
  }

  private sumsOf({ slot }: Stored): Slot | null {
    return this.sums.get(slot) ?? null;
  }

  /** Two sums a channel and piece of work. */
  private sumsSlot(name: string, channels: number): Slot {
    return new Slot(`${name}.sums`, roundUp(mostPieces(this.batch) * 2 * channels));
  }
}

/** Sizes of a convolution's filters. */
function filterShape({ view, kernel, groups }: Conv, { channels: outChannels }: Stored) {
  return { outChannels, inChannels: viewShape(view).channels / groups, kernel, groups };
}
