import type { Step } from '../nets/layouts.ts';
import { element, label } from './svg.ts';
import { theme } from './theme.ts';

/** Which way the arrows point: with the samples or with the gradients. */
export type Way = 'down' | 'up';

/** The size of a step's box, and the radius of the discs of × and +. */
export const boxSize = { width: 66, height: 26 };
export const discRadius = 10;

const stepLooks: Record<Step['kind'], { text: string; fill: string; stroke: string }> = {
  bn: { text: 'BN', fill: '#fdebc2', stroke: '#b87a00' },
  relu: { text: 'ReLU', fill: '#d9f1e5', stroke: '#1d8a5f' },
  conv: { text: 'Conv', fill: '#dbe9f9', stroke: '#2a6db0' },
  dropout: { text: 'Drop', fill: '#ece6f7', stroke: '#6b4fa8' },
};

/** A step's name, with the kernel of a convolution that is not 3×3 and the rate of a dropout. */
export function stepName(step: Step): string {
  const { text } = stepLooks[step.kind];
  if (step.kind === 'dropout') return `${text} ${step.rate}`;
  return step.kind === 'conv' && step.kernel === 1 ? `${text} 1×1` : text;
}

const wire = { fill: 'none', stroke: '#475063', 'stroke-width': 1.5 };

/** The box of one step, centred at (x, y). */
export function stepBox(step: Step, x: number, y: number): string {
  const { fill, stroke } = stepLooks[step.kind];
  const text = stepName(step);
  // Eight characters fill a box at this size.
  const size = Math.min(13, 92 / text.length);
  const { width, height } = boxSize;
  const corner = { x: x - width / 2, y: y - height / 2 };
  return (
    element('rect', { ...corner, width, height, rx: 5, fill, stroke, 'stroke-width': 1.25 }) +
    label(x, y + 4.5, text, { 'font-size': size, 'font-weight': 500, 'text-anchor': 'middle' })
  );
}

/** The addition: a plus in a disc. */
export function additionDisc(x: number, y: number): string {
  return disc(x, y, theme.ink, `M${x - 5} ${y}h10M${x} ${y - 5}v10`);
}

/** The multiplication by a coefficient: a cross in a disc, the coefficient at its right. */
export function multiplicationDisc(x: number, y: number, coefficient: string): string {
  const cross = disc(x, y, '#c2410c', `M${x - 4} ${y - 4}l8 8M${x - 4} ${y + 4}l8 -8`);
  return cross + symbol(x + discRadius + 5, y + 4.5, coefficient);
}

/** A symbol with its index as a subscript: `α₁` is given as `α_1`. */
export function symbol(x: number, y: number, text: string, anchor = 'start'): string {
  const [base, index] = text.split('_');
  const italic = /\d/.test(base) ? undefined : 'italic';
  const subscript = index ? element('tspan', { dy: 3.5, 'font-size': 10 }, index) : '';
  const attributes = { 'font-size': 14, 'text-anchor': anchor };
  return element(
    'text',
    { x, y, ...attributes },
    element('tspan', { 'font-style': italic }, base),
    subscript,
  );
}

/** A straight vertical wire. */
export function straight(x: number, from: number, to: number): string {
  return element('path', { d: `M${x} ${from}V${to}`, ...wire });
}

/** A straight vertical wire with an arrowhead at the end to which `way` leads. */
export function arrow(x: number, upper: number, lower: number, way: Way): string {
  const tip = way === 'down' ? lower : upper;
  return (
    straight(x, upper + (way === 'up' ? 4 : 0), lower - (way === 'down' ? 4 : 0)) +
    head(x, tip, way)
  );
}

/** An arrowhead with its tip at (x, y). */
export function head(x: number, y: number, way: Way): string {
  const back = way === 'down' ? -6 : 6;
  return element('path', { d: `M${x} ${y}l-4 ${back}h8z`, fill: wire.stroke });
}

/** A smooth wire from one column to another, vertical at both ends. */
export function bend(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const half = (from.y + to.y) / 2;
  const d = `M${from.x} ${from.y}C${from.x} ${half} ${to.x} ${half} ${to.x} ${to.y}`;
  return element('path', { d, ...wire });
}

function disc(x: number, y: number, colour: string, d: string): string {
  const stroke = { stroke: colour, 'stroke-width': 1.5 };
  return (
    element('circle', { cx: x, cy: y, r: discRadius, fill: theme.background, ...stroke }) +
    element('path', { d, ...stroke, 'stroke-linecap': 'round' })
  );
}
