import type { RandomStream } from '../../random/index.ts';
import type { Point } from './glyphs.ts';

/** How one image was written: maps a glyph's places to pixels, and says how thick the pen was. */
export interface Hand {
  place(point: Point): Point;
  /** half the pen's thickness, in pixels */
  radius: number;
}

interface Wave {
  /** radians per glyph unit */
  along: Point;
  phase: number;
  /** displacement at the crest, in glyph units */
  push: Point;
}

const waveCount = 3;

/**
 * Draws how one image is written: an elastic deformation (a few long waves that push the glyph
 * about), then an affine map (size, proportion, slant, turn, shift), for images of `side` pixels.
 */
export function drawHand(stream: RandomStream, side: number): Hand {
  const waves = Array.from({ length: waveCount }, () => drawWave(stream));
  const affine = drawAffine(stream, side);
  return {
    place: (point) => affine(bend(point, waves)),
    radius: between(stream, 0.7, 1.6),
  };
}

function drawWave(stream: RandomStream): Wave {
  const frequency = between(stream, 0.02, 0.06);
  const direction = between(stream, 0, 2 * Math.PI);
  return {
    along: [frequency * Math.cos(direction), frequency * Math.sin(direction)],
    phase: between(stream, 0, 2 * Math.PI),
    push: [4.5 * stream.normal(), 4.5 * stream.normal()],
  };
}

function bend([x, y]: Point, waves: Wave[]): Point {
  let [bentX, bentY] = [x, y];
  for (const { along, phase, push } of waves) {
    const height = Math.sin(along[0] * x + along[1] * y + phase);
    bentX += height * push[0];
    bentY += height * push[1];
  }
  return [bentX, bentY];
}

function drawAffine(stream: RandomStream, side: number): (point: Point) => Point {
  const height = (side / 100) * between(stream, 0.55, 0.76);
  const width = height * between(stream, 0.72, 1.1);
  const slant = 0.18 * stream.normal();
  const turn = 0.1 * stream.normal();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const shift = () => (side - 1) / 2 + 0.9 * stream.normal();
  const [shiftX, shiftY] = [shift(), shift()];
  return ([x, y]) => {
    const v = height * (y - 50);
    const u = width * (x - 50) - slant * v;
    return [shiftX + cos * u - sin * v, shiftY + sin * u + cos * v];
  };
}

function between(stream: RandomStream, low: number, high: number): number {
  return low + (high - low) * stream.uniform();
}
