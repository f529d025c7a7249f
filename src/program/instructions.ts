import type { Shape } from '../ops/tensor.ts';
import type { Coefficients, NormRecord, Parameter, Stored, Term, View } from './operands.ts';
import type { Slot } from './slots.ts';

/** The kinds of operands of instructions; `slot?` and the like may be null. */
export interface OperandKinds {
  number: number;
  flag: boolean;
  /** In [0, 1). */
  probability: number;
  slot: Slot;
  shape: Shape;
  stored: Stored;
  normRecord: NormRecord;
  view: View;
  coefficients: Coefficients;
  termKind: Term['kind'];
  term: Term;
  terms: Term[];
  parameters: Parameter[];
}

/** The name of a kind of operand, with `?` where it may be null. */
export type OperandKind = keyof OperandKinds | `${keyof OperandKinds}?`;

/** What an operand of a kind is. */
export type OperandOf<K> = K extends `${infer Kind extends keyof OperandKinds}?`
  ? OperandKinds[Kind] | null
  : OperandKinds[K & keyof OperandKinds];

/** Opcodes, each with its operands' names and kinds. */
export type InstructionTable = Record<string, Record<string, OperandKind>>;

/** An instruction that a table states. */
export type InstructionIn<Table, K extends keyof Table> = { opcode: K } & {
  -readonly [Name in keyof Table[K]]: OperandOf<Table[K][Name]>;
};

export const convShape = { kernel: 'number', stride: 'number', groups: 'number' } as const;
const affine = {
  norm: 'normRecord',
  gamma: 'slot',
  beta: 'slot',
  runningMean: 'slot',
  runningVariance: 'slot',
} as const;

/** Everything that a machine must be able to do. */
export const instructions = {
  /** The images chosen, varied as told and normalised: byte · scale + shift. */
  load: { to: 'stored', affine: 'slot' },
  conv: { view: 'view', weights: 'slot', to: 'stored', ...convShape },
  /** A norm's affine map from the batch's statistics, which the running ones move towards. */
  statistics: { of: 'stored', ...affine },
  /** The same from the running statistics. */
  normalise: affine,
  /** skip + Σ αₙ Bₙ; without branches the skip view alone is stored. */
  mix: { skip: 'view', branches: 'view?', coefficients: 'coefficients?', to: 'stored' },
  /** Backward it takes the gradient of what it dropped from, with the same key. */
  dropout: { view: 'view', key: 'slot', rate: 'probability', to: 'stored' },
  pool: { view: 'view', to: 'slot' },
  poolGradient: { from: 'slot', to: 'slot', shape: 'shape' },
  /** Both gradients of a convolution: its filter's and, where `to` is given, that of its view. */
  convGradient: {
    /** The gradient of the convolution's output. */
    term: 'term',
    /** What the convolution saw. */
    view: 'view',
    weights: 'slot',
    gradient: 'slot',
    to: 'stored?',
    ...convShape,
  },
  /** Gradients of γ and β and, in the norm's record, what takes a term back through the norm. */
  normGradient: { term: 'term', gamma: 'slot', gammaGradient: 'slot', betaGradient: 'slot' },
  /** The sum of all that consumers left of an activation's gradient. */
  accumulate: { to: 'stored', terms: 'terms' },
  /** One step of Nesterov's momentum; weight decay pulls where `decays` says so, `slow` takes the slow rate. */
  sgd: { parameters: 'parameters', decays: 'flag', slow: 'flag' },
} as const satisfies InstructionTable;

/** The name of an instruction. */
export type Opcode = keyof typeof instructions;
/** An instruction by its opcode, with its operands. */
export type InstructionOf<K extends Opcode> = InstructionIn<typeof instructions, K>;
/** Any instruction of a program. */
export type Instruction = { [K in Opcode]: InstructionOf<K> }[Opcode];

/** Parts of a program that run on their own. */
export const sectionNames = ['forward', 'backward', 'update', 'evaluate'] as const;
/** The name of a part of a program. */
export type SectionName = (typeof sectionNames)[number];
