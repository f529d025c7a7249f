import { layoutTitle } from '../../nets/titles.ts';
import { columns, wholeNumber } from '../../text/text.ts';
import type { SamplesSummary } from './summary.ts';
import { cellText } from './words.ts';

/** A row a layout with a recipe, a column a number of images. */
export function closingTable({ cells, sizes }: SamplesSummary): string {
  const done = sizes.filter((size) => cells.some((cell) => cell.size === size));
  if (done.length === 0) return 'No size is trained to its end yet.';
  const smallest = cells.filter(({ size }) => size === done[0]);
  const rows = smallest.map(({ layout, recipe }) => [
    ...[layoutTitle(layout), recipe],
    ...done.map((size) =>
      cellText(
        cells.find((c) => c.size === size && c.layout === layout && c.recipe === recipe)!.error,
      ),
    ),
  ]);
  const headings = ['layout', 'recipe', ...done.map(wholeNumber)];
  const table = columns([headings, ...rows], ['left', 'left', ...done.map(() => 'right' as const)]);
  return `test error in percent, by training images\n\n${table}`;
}
