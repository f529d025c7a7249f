import type { Layout } from '../nets/layouts.ts';
import {
  additionDisc,
  arrow,
  bend,
  boxSize,
  discRadius,
  head,
  multiplicationDisc,
  stepBox,
  straight,
  symbol,
  type Way,
} from './blockParts.ts';
import { element, label } from './svg.ts';
import { theme } from './theme.ts';

/** Which flow through a block to show. */
export type Pass = 'forward' | 'backward' | 'evaluate';

/** A residual block to draw. */
export interface BlockDiagram {
  layout: Layout;
  /** How many residual branches stand beside the skip path. */
  branches: number;
  /** `shake` shows the multiplication of every branch by its coefficient. */
  mixing: 'none' | 'shake';
  /** Default `forward`; `backward` shows the gradients' way, `evaluate` the expected model. */
  pass?: Pass;
  /** Written below. */
  title: string;
}

/** The heights of a picture's parts; the same for all blocks of a row. */
export interface Levels {
  fork: number;
  /** Where the columns begin, below the bends from the fork. */
  columns: number;
  /** The middle of a branch's last step. */
  last: number;
  mix: number;
  sum: number;
  end: number;
  caption: number;
}

/** The distances of columns and of steps. */
export const pitch = { x: 92, y: 40 };

/** A block at its place in the picture. */
interface Placed extends BlockDiagram {
  levels: Levels;
  /** The vertical line of input, addition and output. */
  middle: number;
  way: Way;
}

/** The block without its caption: input, skip path, branches, addition, output. */
export function drawStructure(block: BlockDiagram, levels: Levels, middle: number): string {
  const placed: Placed = {
    ...block,
    levels,
    middle,
    way: block.pass === 'backward' ? 'up' : 'down',
  };
  const column = (place: number) => middle + (place - block.branches / 2) * pitch.x;
  const branches = Array.from({ length: block.branches }, (_, n) =>
    drawBranch(placed, column(n + 1), coefficientOf(block, n)),
  );
  return element(
    'g',
    {},
    drawSkip(placed, column(0)),
    ...branches,
    drawInput(placed),
    drawSum(placed),
  );
}

function coefficientOf({ pass, branches }: BlockDiagram, index: number): string {
  if (pass === 'evaluate') return `1/${branches}`;
  return `${pass === 'backward' ? 'β' : 'α'}_${index + 1}`;
}

function drawSkip({ levels, middle }: Placed, x: number): string {
  const { fork, columns, mix, sum } = levels;
  const lower = mix + discRadius;
  const name = { x: x - 7, y: (columns + lower) / 2 };
  return (
    bend({ x: middle, y: fork }, { x, y: columns }) +
    straight(x, columns, lower) +
    bend({ x, y: lower }, { x: middle, y: sum - discRadius }) +
    label(name.x, name.y, 'skip', {
      'font-size': 12,
      fill: theme.faint,
      'text-anchor': 'middle',
      transform: `rotate(-90 ${name.x} ${name.y})`,
    })
  );
}

function drawBranch(placed: Placed, x: number, coefficient: string): string {
  const { layout, levels, middle, way } = placed;
  const { fork, columns, last } = levels;
  const heights = layout.branch.map((_, step, all) => last - (all.length - 1 - step) * pitch.y);
  const half = boxSize.height / 2;
  const entry = heights[0] - half;
  return [
    bend({ x: middle, y: fork }, { x, y: columns }),
    way === 'down' ? arrow(x, columns, entry, way) : straight(x, columns, entry),
    ...heights.slice(1).map((y) => arrow(x, y - pitch.y + half, y - half, way)),
    drawMix(placed, x, coefficient),
    ...layout.branch.map((step, place) => stepBox(step, x, heights[place])),
  ].join('');
}

/** From a branch's last step through its coefficient, if it has one, to the addition. */
function drawMix({ mixing, levels, middle, way }: Placed, x: number, coefficient: string): string {
  const { last, mix, sum } = levels;
  const from = last + boxSize.height / 2;
  const lower = mix + discRadius;
  const merge = bend({ x, y: lower }, { x: middle, y: sum - discRadius });
  const arrive = (y: number) => (way === 'up' ? head(x, y, way) : '');
  if (mixing === 'none') return straight(x, from, lower) + merge + arrive(from);
  const enter = arrow(x, from, mix - discRadius, way);
  return enter + merge + arrive(lower) + multiplicationDisc(x, mix, coefficient);
}

function drawInput({ levels: { fork }, middle, way }: Placed): string {
  const dot = element('circle', { cx: middle, cy: fork, r: 2.5, fill: theme.ink });
  if (way === 'up') return arrow(middle, 20, fork, way) + dot;
  return symbol(middle, 20, 'X', 'middle') + straight(middle, 26, fork) + dot;
}

function drawSum({ layout, levels: { sum, end }, middle, way }: Placed): string {
  const half = boxSize.height / 2;
  const heights = layout.after.map((_, step) => sum + (step + 1) * pitch.y);
  const starts = [sum + discRadius, ...heights.map((y) => y + half)];
  const stops = [...heights.map((y) => y - half), end];
  return [
    way === 'down' ? head(middle, sum - discRadius, way) : symbol(middle, end + 13, 'g', 'middle'),
    additionDisc(middle, sum),
    ...starts.map((start, i) => arrow(middle, start, stops[i], way)),
    ...layout.after.map((kind, place) => stepBox({ kind }, middle, heights[place])),
  ].join('');
}
