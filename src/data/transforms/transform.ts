import { numberOption } from '../../options/index.ts';
import type { RandomStream } from '../../random/index.ts';

/** What a transform knows of the images it varies. */
export interface Frame {
  channels: number;
  height: number;
  width: number;
  /** Per channel, in units of 0…255: what comes from beyond an image's edge is as bright as this. */
  mean: readonly number[];
  /** Per channel, in units of 0…255. */
  std: readonly number[];
}

/** One way of varying an image while training, on the host, before a machine loads it. */
export interface Transform {
  /** The transform as text, defaults left out: read again, it is this transform. */
  readonly name: string;
  /** Whether it shows some images mirrored, left for right; not when left out. */
  readonly mirrors?: boolean;
  /**
   * A varied copy of an image, [channels][height][width] bytes, of the same size.
   * @param stream where all that is random comes from
   * @param turn which of the sample's epochs this is
   */
  vary(image: Uint8Array, frame: Frame, stream: RandomStream, turn: Turn): Uint8Array;
}

/** An epoch of a sample, for what goes on from what its first one drew. */
export interface Turn {
  /** From 0. */
  epoch: number;
  /** The stream of its first epoch, from the beginning. */
  first(): RandomStream;
}

/** A number from −reach to reach, any as likely. */
export const between = (stream: RandomStream, reach: number): number =>
  reach * (2 * stream.uniform() - 1);

/** A whole number from −reach to reach, all as likely. */
export const wholeBetween = (stream: RandomStream, reach: number): number =>
  stream.integer(2 * reach + 1) - reach;

/** An option that says how often something is done to each image. */
export const fewOption = (initial: number) =>
  numberOption(
    'must be a whole number from 1 to 16',
    (value) => Number.isInteger(value) && value >= 1 && value <= 16,
    initial,
  );
