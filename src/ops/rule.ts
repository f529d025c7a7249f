import type { ParameterSpec } from '../nets/parameters.ts';
import type { HashKey } from '../random/index.ts';
import type { Shape, Tensor } from './tensor.ts';

/** What an op reads besides its inputs. */
export interface OpState {
  /** In the order of the op's `parameters`. */
  parameters: Float64Array[];
  /** Batch norm: evaluate with these instead of the batch's own statistics, [channels] each. */
  running?: { mean: Float64Array; variance: Float64Array };
  /** Mix: coefficients of the forward pass and of the backward pass, [bands][branches][samples]. */
  alpha?: ArrayLike<number>;
  beta?: ArrayLike<number>;
  /** Dropout: what its mask is hashed with; without it, in evaluation, nothing is dropped. */
  dropoutKey?: HashKey;
}

/** Gradients of an op: one tensor an input, one array a parameter. */
export interface OpGradient {
  inputs: Tensor[];
  parameters: Float64Array[];
}

/** Everything that shakelab knows of one kind of op; its forward is the definition. */
export interface OpRule<O> {
  /** Shape of the output. */
  shape(op: O, inputs: Shape[]): Shape;
  /** Trainable parameters, with how they start. */
  parameters(op: O, inputs: Shape[]): ParameterSpec[];
  /** The slow forward, written for reading. */
  forward(op: O, inputs: Tensor[], state: OpState): Tensor;
  /** Vector-Jacobian product at `inputs` for the gradient `dy` of the output. */
  gradient(op: O, inputs: Tensor[], state: OpState, dy: Tensor): OpGradient;
  /** Multiply-accumulates of one sample's forward. */
  macs(op: O, inputs: Shape[]): number;
}
