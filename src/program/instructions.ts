import type { Shape } from '../ops/tensor.ts';
import type { Slot } from './slots.ts';

/** An activation or gradient in the arena, [N/16][H][W][C][16]. */
export interface Stored extends Shape {
  slot: Slot;
}

/**
 * The working numbers of one batch norm: mean[C], inverse deviation[C], scale[C'], shift[C'], and
 * for the gradient dx = slope · g + curve · x + offset: slope[C'], curve[C'], offset[C'].
 */
export interface NormRecord {
  record: Slot;
  channels: number;
  copies: number;
}

/**
 * How an instruction reads a stored activation: subsampled, normalised, rectified, in that order,
 * on the way into registers. Batch norm and ReLU outputs are never stored for their own sake.
 */
export interface View {
  of: Stored;
  norm: NormRecord | null;
  relu: boolean;
  /** Stride of the two shifted paths of a projecting skip, or 0. */
  subsample: number;
}

/** Mixing coefficients [bands][branches][samples]. */
export interface Coefficients {
  slot: Slot;
  bands: number;
  branches: number;
}

/**
 * One addend of the gradient of a stored activation, by what its consumer left:
 * `stored`: a gradient with respect to the view, already past its rectifier;
 * `passed`: the gradient of what the view was copied or added into;
 * `mixed`: the same times βₙ; `pooled`: one value a sample and channel.
 */
export interface Term {
  kind: 'stored' | 'passed' | 'mixed' | 'pooled';
  gradient: Slot;
  /** Channels of that gradient. */
  channels: number;
  coefficients: Coefficients | null;
  view: View;
}

export interface ConvShape {
  kernel: number;
  stride: number;
  groups: number;
  /** Winograd's F(4×4, 3×3) instead of the direct sum; forward and for the input's gradient. */
  winograd: boolean;
}

interface Running {
  mean: Slot;
  variance: Slot;
}

/** Everything that a machine can do; native/kernels has a kernel for each. */
export type Instruction =
  | { opcode: 'load'; to: Stored; affine: Slot }
  | ({ opcode: 'conv'; view: View; weights: Slot; to: Stored; sums: Slot | null } & ConvShape)
  | {
      opcode: 'statistics';
      norm: NormRecord;
      of: Stored;
      sums: Slot;
      gamma: Slot;
      beta: Slot;
      running: Running;
    }
  | { opcode: 'normalise'; norm: NormRecord; gamma: Slot; beta: Slot; running: Running }
  | {
      opcode: 'mix';
      skip: View;
      /** Without branches the skip view alone is stored. */
      branches: View | null;
      coefficients: Coefficients | null;
      to: Stored;
      sums: Slot | null;
    }
  /** Backward it takes the gradient of what it dropped from, with the same key. */
  | { opcode: 'dropout'; view: View; key: Slot; rate: number; to: Stored; sums: Slot | null }
  | { opcode: 'pool'; view: View; to: Slot }
  | { opcode: 'poolGradient'; from: Slot; to: Slot; shape: Shape }
  | { opcode: 'accumulate'; terms: Term[]; to: Stored }
  | { opcode: 'reduce'; term: Term; sums: Slot }
  | {
      opcode: 'normGradient';
      norm: NormRecord;
      of: Stored;
      sums: Slot;
      gamma: Slot;
      gammaGradient: Slot;
      betaGradient: Slot;
    }
  | ({
      opcode: 'convGradient';
      /** The gradient of the convolution's output. */
      term: Term;
      /** What the convolution saw. */
      view: View;
      /** Where the view's gradient goes; null where none is needed. */
      input: { weights: Slot; to: Stored; sums: Slot | null } | null;
      partials: Slot;
    } & ConvShape)
  | {
      opcode: 'sumFilters';
      partials: Slot;
      gradient: Slot;
      outChannels: number;
      inChannels: number;
      kernel: number;
      groups: number;
      winograd: boolean;
      /** Of the convolution's input, which decides how the work was cut. */
      height: number;
    }
  | {
      opcode: 'pack';
      weights: Slot;
      to: Slot;
      /** For the input's gradient: the roles of in and out change, and the kernel flips. */
      backward: boolean;
      outChannels: number;
      /** Input channels of one group. */
      inChannels: number;
      kernel: number;
      groups: number;
      winograd: boolean;
    }
  | {
      opcode: 'sgd';
      parameters: Slot;
      gradients: Slot;
      momenta: Slot;
      size: number;
      /** Whether weight decay pulls at these parameters. */
      decays: boolean;
    };

export type Opcode = Instruction['opcode'];
export type InstructionOf<K extends Opcode> = Extract<Instruction, { opcode: K }>;

/** Parts of a program that run on their own. */
export const sectionNames = ['forward', 'backward', 'update', 'evaluate'] as const;
export type SectionName = (typeof sectionNames)[number];

/** A view of the whole, unchanged activation. */
export const plain = (of: Stored): View => ({ of, norm: null, relu: false, subsample: 0 });

export const isPlain = (view: View): boolean => !view.norm && !view.relu && !view.subsample;

/** Shape of what a view shows. */
export function viewShape({ of, norm, subsample }: View): Shape {
  const channels = of.channels * (norm?.copies ?? 1) * (subsample ? 2 : 1);
  const cut = (extent: number) => (subsample ? Math.ceil(extent / subsample) : extent);
  return { channels, height: cut(of.height), width: cut(of.width) };
}
