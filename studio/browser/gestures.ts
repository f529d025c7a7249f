import type { Locator, Page } from 'playwright-core';

/** Draws a lasso around a part of a plot: left, top, right and bottom as shares of its sides. */
export async function drawLasso(
  page: Page,
  plot: Locator,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Promise<void> {
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the plot is not on the page');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(left, top));
  await page.mouse.down();
  await page.mouse.move(...at(right, top), { steps: 5 });
  await page.mouse.move(...at(right, bottom), { steps: 5 });
  await page.mouse.move(...at(left, bottom), { steps: 5 });
  await page.mouse.up();
}

/** Drags something by its upper left corner to the right end of something else. */
export async function dragBehind(page: Page, dragged: Locator, target: Locator): Promise<void> {
  const [from, to] = [await dragged.boundingBox(), await target.boundingBox()];
  if (!from || !to) throw new Error('what is dragged is not on the page');
  await page.mouse.move(from.x + 20, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width + 4, to.y + 15, { steps: 8 });
  await page.mouse.up();
}

/** A point by shares of the sides of what is drawn on. */
export type Point = readonly [number, number];

/** Draws one line through points. */
export async function drawLine(page: Page, canvas: Locator, points: readonly Point[]) {
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('what is to be drawn on is not on the page');
  const [first, ...others] = points.map(([x, y]) => [
    box.x + x * box.width,
    box.y + y * box.height,
  ]);
  await page.mouse.move(first[0], first[1]);
  await page.mouse.down();
  for (const [x, y] of others) await page.mouse.move(x, y, { steps: 8 });
  await page.mouse.up();
}
