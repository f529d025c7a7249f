import type { ParameterSpec } from '../nets/parameters.ts';

/** Features that a net computed, and where their loss and gradients go; D features, K classes. */
export interface HeadBatch {
  /** [at least count][D]; rows past `count` pad the batch and are ignored. */
  features: Float32Array;
  /** A class from 0 to K − 1 for each of the samples. */
  labels: ArrayLike<number>;
  count: number;
  /** The head's parameters, in the order of `Head.parameters`. */
  parameters: Float32Array[];
  /** Receives [count][K]. */
  logits: Float32Array;
  /** Receives d loss / d features, as long as `features`; 0 in the padding. */
  featureGradients: Float32Array;
  /** Receive d loss / d parameters, in the order of `parameters`. */
  gradients: Float32Array[];
}

/** Turns features and labels into a loss. */
export interface Head {
  /** The head as text: `parseHead(head.name)` is this head. */
  readonly name: string;
  parameters(features: number, classes: number): ParameterSpec[];
  /** Writes logits [count][K], as many rows as `out` holds, from features [at least count][D]. */
  logits(features: Float32Array, parameters: Float32Array[], out: Float32Array): void;
  /** The mean loss of `count` samples; overwrites logits and gradients. Not finite on bad input. */
  loss(batch: HeadBatch): number;
}
