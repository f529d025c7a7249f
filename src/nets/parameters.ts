/** How a parameter's values are drawn before training. */
export type Initial =
  | { kind: 'constant'; value: number }
  | { kind: 'normal'; std: number }
  | { kind: 'uniform'; bound: number };

/** A trainable tensor by name, as it stands in a checkpoint. */
export interface ParameterSpec {
  name: string;
  shape: number[];
  initial: Initial;
}

/** Number of values in a tensor of this shape. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((size, extent) => size * extent, 1);
