import type { PlainPen } from './pen.ts';
import { type Attributes, element, label } from './svg.ts';

/** What `save` keeps. */
type Manner = Pick<
  PlainPen,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineJoin' | 'font' | 'textAlign' | 'textBaseline'
> & { transform: string };

const anchors = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' };

/** How far below its place the foot of a text lies, in ems; viewers differ over named baselines. */
const drops = { alphabetic: 0, bottom: 0, ideographic: 0, middle: 0.35, top: 0.8, hanging: 0.8 };

/** Writes down as SVG what a figure draws; `arc` knows whole circles only. */
export class SvgPen implements PlainPen {
  fillStyle: unknown = '#000000';
  strokeStyle: unknown = '#000000';
  lineWidth = 1;
  lineJoin: PlainPen['lineJoin'] = 'miter';
  font = '10px sans-serif';
  textAlign: PlainPen['textAlign'] = 'start';
  textBaseline: PlainPen['textBaseline'] = 'alphabetic';
  /** The elements so far, one after the other. */
  readonly drawn: string[] = [];
  private transform = '';
  private path = '';
  private readonly saved: Manner[] = [];

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, font, textAlign, textBaseline } = this;
    const { transform } = this;
    const text = { font, textAlign, textBaseline };
    this.saved.push({ fillStyle, strokeStyle, lineWidth, lineJoin, ...text, transform });
  }

  restore(): void {
    Object.assign(this, this.saved.pop());
  }

  translate(x: number, y: number): void {
    this.transform += `translate(${x} ${y})`;
  }

  rotate(angle: number): void {
    this.transform += `rotate(${(180 * angle) / Math.PI})`;
  }

  beginPath(): void {
    this.path = '';
  }

  moveTo(x: number, y: number): void {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `L${short(x)} ${short(y)}`;
  }

  arc(x: number, y: number, radius: number): void {
    const half = (way: number) => `a${radius} ${radius} 0 1 0 ${short(2 * way * radius)} 0`;
    this.moveTo(x - radius, y);
    this.path += `${half(1)}${half(-1)}`;
  }

  fill(): void {
    this.put('path', { d: this.path, fill: String(this.fillStyle) });
  }

  stroke(): void {
    this.put('path', { d: this.path, ...this.outline() });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.put('rect', { x, y, width, height, fill: String(this.fillStyle) });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.put('rect', { x, y, width, height, ...this.outline() });
  }

  fillText(text: string, x: number, y: number): void {
    this.write(text, x, y, { fill: String(this.fillStyle) });
  }

  strokeText(text: string, x: number, y: number): void {
    this.write(text, x, y, this.outline());
  }

  private outline(): Attributes {
    const { strokeStyle, lineWidth, lineJoin } = this;
    return {
      ...{ fill: 'none', stroke: String(strokeStyle) },
      ...{ 'stroke-width': lineWidth, 'stroke-linejoin': lineJoin },
    };
  }

  private write(text: string, x: number, y: number, look: Attributes): void {
    const [, weight, size, family] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font)!;
    const type = { 'font-weight': weight, 'font-size': size, 'font-family': family };
    const foot = y + drops[this.textBaseline] * Number(size);
    const anchor = { 'text-anchor': anchors[this.textAlign] };
    this.drawn.push(label(x, foot, text, { ...type, ...anchor, ...look, ...this.place() }));
  }

  private put(name: string, attributes: Attributes): void {
    this.drawn.push(element(name, { ...attributes, ...this.place() }));
  }

  private place = (): Attributes => ({ transform: this.transform || undefined });
}

const short = (value: number): number => Math.round(value * 100) / 100;
