import { type Centre, classCentres } from '../../../src/analysis/centres.ts';
import { dotFor } from '../../../src/figures/dots.ts';
import type { Square } from '../../../src/figures/limits.ts';
import { classColour } from '../../../src/figures/palette.ts';
import { drawAround } from '../../../src/figures/panel.ts';
import type { Box } from '../../../src/figures/scatter.ts';
import type { Theme } from '../../../src/figures/theme.ts';
import type { Cloud } from './pick.ts';
import { rasterise } from './raster.ts';
import { type Tween, tweenBetween } from './tween.ts';
import { type Point, toPixels } from './view.ts';

/** What a panel shows. */
export interface PanelContent {
  cloud: Cloud;
  /** The part of the plane to show while the reader has not chosen another. */
  square: Square;
  /** What stands on each class's centre. */
  marks: readonly string[];
  letter: string;
  look: Theme;
  /** [count], 1 for the samples that stand out; null for none. */
  marked: Uint8Array | null;
  /** The sample that is pointed at, here or in another panel. */
  hovered: number | null;
  /** Milliseconds in which samples move to their new places. */
  glide: number;
}

const margin = { left: 36, bottom: 20, top: 8, right: 4 };

/** What a picture of the samples was drawn from. */
type PictureOf = Square & Pick<PanelContent, 'cloud' | 'look' | 'marked'> & { side: number };

const isSame = (one: PictureOf, other: PictureOf | null): boolean =>
  other !== null &&
  (Object.keys(one) as (keyof PictureOf)[]).every((key) => one[key] === other[key]);

/** Draws one cloud of samples into a canvas, when something has changed and the screen is ready. */
export class ScatterPanel {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  /** The samples as last drawn; what lies over them changes more often. */
  readonly #picture = document.createElement('canvas');
  #drawn: PictureOf | null = null;
  #content: PanelContent;
  #centres: Centre[] = [];
  #tween: Tween | null = null;
  #shown: Cloud;
  #zoomed: Square | null = null;
  #lasso: readonly Point[] = [];
  #frame = 0;

  constructor(canvas: HTMLCanvasElement, content: PanelContent) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
    this.#content = content;
    this.#shown = content.cloud;
    this.#centres = classCentres(content.cloud);
    this.redraw();
  }

  /** Takes over what has changed. */
  show(content: PanelContent): void {
    const before = this.#content;
    this.#content = content;
    if (content.cloud !== before.cloud) this.#move(before.square);
    else if (content.square !== before.square) this.#zoomed = null;
    this.redraw();
  }

  /** The part of the plane in view. */
  get square(): Square {
    return this.#zoomed ?? this.#tween?.square ?? this.#content.square;
  }

  /** Null goes back to the view at rest. */
  set zoomed(square: Square | null) {
    this.#zoomed = square;
    this.redraw();
  }

  /** The outline that is being drawn, in the panel's pixels. */
  set lasso(outline: readonly Point[]) {
    this.#lasso = outline;
    this.redraw();
  }

  get cloud(): Cloud {
    return this.#content.cloud;
  }

  get box(): Box {
    const width = this.#canvas.clientWidth;
    return { x: margin.left, y: margin.top, size: width - margin.left - margin.right };
  }

  /** Asks for a drawing before the next frame of the screen. */
  redraw(): void {
    this.#frame ||= requestAnimationFrame((time) => {
      this.#frame = 0;
      this.#draw(time);
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
  }

  #move(before: Square): void {
    const { cloud, square, glide } = this.#content;
    const glides = glide > 0 && cloud.count === this.#shown.count;
    this.#tween = glides ? tweenBetween(this.#shown, cloud, [before, square], glide) : null;
    if (!glides) this.#place(cloud);
  }

  #place(cloud: Cloud): void {
    this.#shown = cloud;
    this.#centres = classCentres(cloud);
  }

  #draw(time: number): void {
    if (this.#tween) this.#place(this.#tween.at(time));
    const size = this.#fit();
    if (size <= 0) return;
    this.#drawCloud();
    this.#drawAround();
    this.#drawHovered();
    this.#drawLasso();
    if (this.#tween?.done) this.#tween = null;
    else if (this.#tween) this.redraw();
  }

  /** Makes the canvas as sharp as the screen. */
  #fit(): number {
    const [canvas, context] = [this.#canvas, this.#context];
    const ratio = devicePixelRatio;
    const { size } = this.box;
    const [width, height] = [canvas.clientWidth, margin.top + size + margin.bottom];
    if (
      canvas.width !== Math.round(width * ratio) ||
      canvas.height !== Math.round(height * ratio)
    ) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return size;
  }

  #drawCloud(): void {
    const { look, marked } = this.#content;
    const { box, square } = this;
    const side = Math.round(box.size * devicePixelRatio);
    const wanted = { cloud: this.#shown, ...square, side, look, marked };
    if (!isSame(wanted, this.#drawn)) this.#paint(side, square);
    this.#drawn = wanted;
    this.#context.drawImage(this.#picture, box.x, box.y, box.size, box.size);
  }

  #paint(side: number, square: Square): void {
    const { look, marked } = this.#content;
    const { radius, opacity } = dotFor(this.#shown.count);
    const { pixels, stride, margin } = rasterise(this.#shown, {
      ...{ square, side, opacity, marked, background: look.background, colours: look.classes },
      radius: (radius * side) / Math.max(300, this.box.size / 1.3),
    });
    this.#picture.width = side;
    this.#picture.height = side;
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), stride, stride);
    this.#picture.getContext('2d')!.putImageData(image, -margin, -margin);
  }

  #drawAround(): void {
    const { letter, marks, look, marked } = this.#content;
    const { square, box } = this;
    const panel = { letter, square, box, marks, look, embedding: this.#shown, numbersBelow: true };
    drawAround(this.#context, panel, marked ? [] : this.#centres);
  }

  #drawHovered(): void {
    const { hovered, look } = this.#content;
    if (hovered === null || hovered >= this.#shown.count) return;
    const { features, labels } = this.#shown;
    const { x, y } = toPixels(
      this.square,
      this.box,
      features[2 * hovered],
      features[2 * hovered + 1],
    );
    ring(this.#context, x, y, 7, look.background, 4.5);
    ring(this.#context, x, y, 7, look.ink, 2);
    this.#context.fillStyle = classColour(labels[hovered], look.classes);
    this.#context.beginPath();
    this.#context.arc(x, y, 4, 0, 2 * Math.PI);
    this.#context.fill();
  }

  #drawLasso(): void {
    if (this.#lasso.length < 2) return;
    const context = this.#context;
    context.beginPath();
    for (const { x, y } of this.#lasso) context.lineTo(x, y);
    context.closePath();
    context.globalAlpha = 0.1;
    context.fillStyle = this.#content.look.ink;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeStyle = this.#content.look.ink;
    context.stroke();
  }
}

function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  colour: string,
  width: number,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
