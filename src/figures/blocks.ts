import { type BlockDiagram, drawStructure, type Levels, pitch } from './blockStructure.ts';
import { label, picture } from './svg.ts';
import { panelLetter } from './theme.ts';

export type { BlockDiagram } from './blockStructure.ts';

/** Where every input forks, and how far the wires take to bend into their columns. */
const fork = 46;
const bendHeight = 42;

/**
 * A residual block drawn from its layout (paper, Figs 1 and 2): the skip path, the branches' steps
 * in order, the coefficients αₙ (forward), βₙ (backward) or 1/N (evaluation), the addition and what
 * follows it.
 *
 * @returns an SVG document
 */
export function drawBlock(block: BlockDiagram): string {
  return drawRow([block], () => block.title);
}

/**
 * Several blocks side by side, lettered (a), (b) …, their additions on one line.
 *
 * @returns an SVG document
 */
export function drawBlocks(blocks: readonly BlockDiagram[]): string {
  return drawRow(blocks, ({ title }, index) => `${panelLetter(index)} ${title}`);
}

function drawRow(
  blocks: readonly BlockDiagram[],
  caption: (block: BlockDiagram, index: number) => string,
): string {
  const levels = levelsFor(blocks);
  const size = { 'font-size': 14, 'font-weight': 600, 'text-anchor': 'middle' };
  let left = 0;
  const drawn = blocks.map((block, index) => {
    const width = (block.branches + 1) * pitch.x;
    const middle = left + width / 2 - 4;
    left += width + 16;
    return (
      drawStructure(block, levels, middle) +
      label(middle, levels.caption, caption(block, index), size)
    );
  });
  const title = `Residual blocks: ${blocks.map((block) => block.title).join(', ')}`;
  return picture({ width: left, height: levels.caption + 18, title }, ...drawn);
}

function levelsFor(blocks: readonly BlockDiagram[]): Levels {
  const steps = Math.max(...blocks.map(({ layout }) => layout.branch.length));
  const after = Math.max(...blocks.map(({ layout }) => layout.after.length));
  const shaken = blocks.some(({ mixing }) => mixing === 'shake');
  const columns = fork + bendHeight;
  const last = columns + (steps - 0.3) * pitch.y;
  const mix = last + (shaken ? pitch.y : 4);
  const sum = mix + bendHeight + 22;
  const end = sum + (after + 0.5) * pitch.y + 18;
  return { fork, columns, last, mix, sum, end, caption: end + 38 };
}
