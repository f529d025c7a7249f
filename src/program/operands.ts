import type { ParameterSpec } from '../nets/parameters.ts';
import type { Shape } from '../ops/tensor.ts';
import type { Slot } from './slots.ts';

/** An activation or gradient of the whole batch; how it is laid out is the machine's business. */
export interface Stored extends Shape {
  slot: Slot;
}

/** The working numbers of one batch norm, as `normNumbers` lists them. */
export interface NormRecord {
  record: Slot;
  channels: number;
  copies: number;
}

/**
 * The numbers in a norm's record, one after the other: mean and inverse deviation, one a channel of
 * what is normalised (C); then one a channel of what comes out (copies · C): scale and shift, and
 * for the gradient dx = slope · g + curve · x + offset.
 */
export const normNumbers = {
  mean: 'in',
  inverse: 'in',
  scale: 'out',
  shift: 'out',
  slope: 'out',
  curve: 'out',
  offset: 'out',
} as const;
export type NormNumber = keyof typeof normNumbers;

/** Where each number of a norm's record begins, and how long the record is. */
export function normPlaces({ channels, copies }: Omit<NormRecord, 'record'>) {
  let size = 0;
  const places = {} as Record<NormNumber, { first: number; end: number }>;
  for (const [name, side] of Object.entries(normNumbers) as [NormNumber, 'in' | 'out'][]) {
    const first = size;
    size += side === 'in' ? channels : copies * channels;
    places[name] = { first, end: size };
  }
  return { places, size };
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
 * What the consumer of an activation left of its gradient:
 * `stored`: a gradient with respect to the view, already past its rectifier;
 * `passed`: the gradient of what the view was copied or added into;
 * `mixed`: the same times βₙ; `pooled`: one value a sample and channel.
 */
export const termKinds = ['stored', 'passed', 'mixed', 'pooled'] as const;

/** One addend of the gradient of a stored activation, by what its consumer left. */
export interface Term {
  kind: (typeof termKinds)[number];
  gradient: Slot;
  /** Channels of that gradient. */
  channels: number;
  coefficients: Coefficients | null;
  view: View;
}

/** How fast a parameter learns: at the whole rate, at the slow one, or not at all. */
export const paces = ['whole', 'slow', 'frozen'] as const;
export type Pace = (typeof paces)[number];

/** A trainable tensor and where its value, gradient and momentum lie. */
export interface Parameter extends ParameterSpec {
  value: Slot;
  gradient: Slot;
  momentum: Slot;
  /** Whether weight decay pulls at it. */
  decays: boolean;
  pace: Pace;
}

/** A view of the whole, unchanged activation. */
export const plain = (of: Stored): View => ({ of, norm: null, relu: false, subsample: 0 });

export const isPlain = (view: View): boolean => !view.norm && !view.relu && !view.subsample;

/** Shape of what a view shows. */
export function viewShape({ of, norm, subsample }: View): Shape {
  const channels = of.channels * (norm?.copies ?? 1) * (subsample ? 2 : 1);
  const cut = (extent: number) => (subsample ? Math.ceil(extent / subsample) : extent);
  return { channels, height: cut(of.height), width: cut(of.width) };
}
