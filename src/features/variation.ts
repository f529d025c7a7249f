/** Features of a training batch, and what a variation may look at besides them. */
export interface FeatureBatch {
  /** [at least count][D] */
  features: Float32Array;
  /** [count], each from 0 to classes − 1 */
  labels: ArrayLike<number>;
  count: number;
  dimensions: number;
  seed: number;
  step: number;
}

/** Varied features, and the way back. */
export interface VariedFeatures {
  /** [count][D] */
  features: Float32Array;
  /** Turns d loss / d varied features, [at least count][D], into d loss / d features, in place. */
  backward(gradients: Float32Array): void;
}

/** A way of varying features between net and head, while training only. */
export interface FeatureVariation {
  /** The way as text, defaults left out. */
  readonly name: string;
  /** Whether it asks for neighbours of the same class, so that each sample needs one label. */
  readonly usesLabels: boolean;
  /** The same for the same seed and step. */
  vary(batch: FeatureBatch): VariedFeatures;
}

/** The stream of a variation's draws. */
export const streamName = 'features';
