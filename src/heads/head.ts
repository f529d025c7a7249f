import type { ParameterSpec } from '../nets/parameters.ts';

/** What a head works on in every batch. */
export interface HeadMemory {
  /** Width D of the features. */
  dimensions: number;
  /** Number K of classes. */
  classes: number;
  /** Trained with the net's, in the order of `Head.parameters`. */
  parameters: Float32Array[];
  /** The head's own statistics, in the order of `Head.state`. */
  state: Float32Array[];
}

/** Features that a net computed, and where their loss and gradients go. */
export interface HeadBatch extends HeadMemory {
  /** [at least count][D]; rows past `count` pad the batch and are ignored. */
  features: Float32Array;
  /** A class from 0 to K − 1 for each of the samples. */
  labels: ArrayLike<number>;
  /** Where images were mixed in pairs (mixup): the partners' classes, and their share of the loss. */
  partners?: { labels: ArrayLike<number>; share: number };
  /** What a sample of each class counts in the loss, [K]; 1 when left out. Only where `mixesLabels`. */
  classWeights?: readonly number[];
  count: number;
  /** Training steps done so far. */
  step: number;
  /** Whether the head learns: it takes the batch's statistics and moves its state. */
  training: boolean;
  /** Receives [count][K], what predictions are made from: without any margin. */
  logits: Float32Array;
  /** Receives d loss / d features, as long as `features`; 0 in the padding. */
  featureGradients: Float32Array;
  /** Receive d loss / d parameters, in the order of `parameters`. */
  gradients: Float32Array[];
}

/**
 * How logits follow from features in evaluation, for whoever computes them elsewhere: a linear layer;
 * cosines with the class vectors times a scale, of features that are centralised or not; squared
 * distances from the class means.
 */
export type Readout =
  | { kind: 'linear' }
  | { kind: 'cosine'; scale: CosineScale; centralised: boolean }
  | { kind: 'distance' };

/** What a cosine is multiplied by: ‖f‖ ‖w‖, ‖f‖ alone, or a constant. */
export type CosineScale = 'norms' | 'feature' | number;

/**
 * What the loss does besides the cross-entropy of those logits, for whoever trains elsewhere: smoothes the labels, puts
 * something else in the place of the label's cosine, centralises features by other statistics while it trains, or
 * compares features in pairs or triplets. The options are those of the heads.
 */
export type Objective =
  | { kind: 'smoothed-labels'; smoothing: number }
  | { kind: 'added-angle'; margin: number }
  | { kind: 'lower-cosine'; margin: number }
  | { kind: 'multiplied-angle'; margin: number; start: number; end: number; rate: number }
  | { kind: 'centralised'; statistics: 'batch' | 'running' }
  | { kind: 'contrastive'; margin: number }
  | { kind: 'triplet'; margin: number };

/** Turns features and labels into a loss. */
export interface Head {
  /** The head as text, defaults left out: `parseHead(head.name)` is this head. */
  readonly name: string;
  /** How its logits follow from features; a head of one's own that leaves it out is not exported. */
  readonly readout?: Readout;
  /** What its loss is; a head of one's own that leaves it out is exported without a loss. */
  readonly objective?: Objective;
  /** Whether its loss is a sum over samples, so that a sample may have two labels (mixup) or a weight. */
  readonly mixesLabels: boolean;
  /** What the optimiser trains. */
  parameters(features: number, classes: number): ParameterSpec[];
  /** What the head itself moves while it trains, and checkpoints keep; nothing when left out. */
  state?(features: number, classes: number): ParameterSpec[];
  /** Writes logits [count][K], as many rows as `out` holds, from features [at least count][D]. */
  logits(features: Float32Array, memory: HeadMemory, out: Float32Array): void;
  /** The mean loss of `count` samples, each by its class's weight; overwrites logits and gradients. Not finite on bad input. */
  loss(batch: HeadBatch): number;
}
