import type { Square } from '../../../src/figures/limits.ts';
import type { Cloud } from './pick.ts';
import { between } from './view.ts';

/** A cloud on its way from one frame to another. */
export interface Tween {
  /** The cloud at a time of the screen's clock, in milliseconds. */
  at(time: number): Cloud;
  /** The view at the time last asked for. */
  square: Square;
  done: boolean;
}

/** Moves samples and view from one place to another, slowing down at both ends. */
export function tweenBetween(
  from: Cloud,
  to: Cloud,
  [start, end]: readonly [Square, Square],
  milliseconds: number,
): Tween {
  const origin = Float32Array.from(from.features);
  const features = new Float32Array(origin.length);
  let began: number | null = null;
  const tween: Tween = {
    square: start,
    done: false,
    at(time) {
      began ??= time;
      const share = Math.min(1, (time - began) / milliseconds);
      tween.done = share === 1;
      tween.square = between(start, end, ease(share));
      if (tween.done) return to;
      mix(origin, to.features, ease(share), features);
      return { ...to, features };
    },
  };
  return tween;
}

const ease = (share: number): number => share * share * (3 - 2 * share);

function mix(from: Float32Array, to: Float32Array, share: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = from[i] + (to[i] - from[i]) * share;
}
