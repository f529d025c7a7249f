import type { DotPen } from './pen.ts';

/** What `save` keeps. */
type Manner = Pick<DotPen, 'fillStyle' | 'globalAlpha'> & { clip: Rectangle };

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Draws dots into bytes, with the same result on every machine: whole discs with soft edges and filled
 * rectangles, opaque or not, in colours as `#1f2430`. A path is one rectangle or one disc.
 */
export class RasterPen implements DotPen {
  fillStyle: unknown = '#000000';
  globalAlpha = 1;
  /** [height][width] of red, green, blue and opacity. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  private readonly width: number;
  private clipped: Rectangle;
  private unit = 1;
  private path: Rectangle = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly saved: Manner[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.clipped = { left: 0, top: 0, right: width, bottom: height };
    this.pixels = new Uint8ClampedArray(4 * width * height);
  }

  save(): void {
    const { fillStyle, globalAlpha, clipped } = this;
    this.saved.push({ fillStyle, globalAlpha, clip: clipped });
  }

  restore(): void {
    const { fillStyle, globalAlpha, clip } = this.saved.pop()!;
    Object.assign(this, { fillStyle, globalAlpha, clipped: clip });
  }

  scale(x: number): void {
    this.unit *= x;
  }

  beginPath(): void {
    this.path = { left: 0, top: 0, right: 0, bottom: 0 };
  }

  rect(x: number, y: number, width: number, height: number): void {
    const { unit } = this;
    const [left, top] = [x * unit, y * unit];
    this.path = { left, top, right: left + width * unit, bottom: top + height * unit };
  }

  arc(x: number, y: number, radius: number): void {
    this.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  clip(): void {
    this.clipped = this.within(this.path);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.rect(x, y, width, height);
    this.paint(() => 1);
  }

  /** Fills the disc of the path; a pixel at its edge by how far its middle lies within. */
  fill(): void {
    const { left, top, right, bottom } = this.path;
    const [x, y, radius] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 2];
    this.paint((column, row) => radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y));
  }

  /** Whole pixels of a rectangle and one around it that may be seen. */
  private within({ left, top, right, bottom }: Rectangle): Rectangle {
    const { clipped } = this;
    return {
      left: Math.max(clipped.left, Math.floor(left)),
      top: Math.max(clipped.top, Math.floor(top)),
      right: Math.min(clipped.right, Math.ceil(right)),
      bottom: Math.min(clipped.bottom, Math.ceil(bottom)),
    };
  }

  /** Blends the colour into the path's pixels, as much as each is covered, from 0 to 1 or beyond. */
  private paint(covered: (column: number, row: number) => number): void {
    const { left, top, right, bottom } = this.within(this.path);
    const colour = colourOf(String(this.fillStyle));
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const share = this.globalAlpha * Math.min(1, Math.max(0, covered(column, row)));
        this.blend(4 * (row * this.width + column), colour, share);
      }
    }
  }

  private blend(at: number, colour: readonly number[], share: number): void {
    const { pixels } = this;
    for (let c = 0; c < 4; c++) pixels[at + c] += share * (colour[c] - pixels[at + c]);
  }
}

const colours = new Map<string, number[]>();

/** Red, green, blue and full opacity of `#1f2430`. */
function colourOf(text: string): readonly number[] {
  const known = colours.get(text);
  if (known) return known;
  const parts = [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  colours.set(text, [...parts, 255]);
  return colours.get(text)!;
}
