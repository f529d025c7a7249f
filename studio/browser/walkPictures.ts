// Takes the pictures of docs/walk.md and docs/walk-unequal.md, of a folder in which their commands were given:
//   npx tsx studio/browser/walkPictures.ts FOLDER docs/walk
// It holds runs/photos, runs/weighed and runs/digits (of MNIST, see walk.md), the pages page and page-digits
// that two of them were exported to, and new/frog-3.png.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { RunSummary } from '../../src/server/library/runSummary.ts';
import { openStudio } from '../../testkit/studioCommand.ts';
import { ensureBuilt } from './builtPage.ts';
import { launchChromium } from './chromium.ts';
import { serveFolder } from './folderServer.ts';
import { drawLine, type Point } from './gestures.ts';
import { openPage } from './openPage.ts';
import { goTo } from './visit.ts';

const [folder, out] = process.argv.slice(2);
/** Strokes by their corners, as shares of the square that is drawn on. */
const two: Point[] = [
  ...([
    [0.32, 0.25],
    [0.5, 0.14],
    [0.7, 0.25],
    [0.67, 0.42],
    [0.45, 0.62],
  ] as Point[]),
  ...([
    [0.3, 0.8],
    [0.76, 0.8],
  ] as Point[]),
];
const seven: Point[] = [
  [0.3, 0.19],
  [0.7, 0.19],
  [0.42, 0.85],
];

await ensureBuilt();
const browser = await launchChromium();
await shootStudio(browser);
await shootPage(browser, 'page', 'light', 'page.png', (page) =>
  page.setInputFiles('input[type=file]', join(folder, 'new/frog-3.png')),
);
await shootPage(browser, 'page-digits', 'dark', 'drawn.png', (page) =>
  drawLine(page, page.locator('.sketch canvas'), seven),
);
await browser.close();

async function shootStudio(browser: Browser): Promise<void> {
  const studio = await openStudio(join(folder, 'runs'));
  const { page } = await openPage(browser, { viewport: { width: 1200, height: 900 } });
  await page.goto(studio.address);
  const list = await page.request.get(new URL('/api/runs', studio.address).href);
  const runs = (await list.json()) as RunSummary[];
  const idOf = (name: string) => runs.find((run) => run.name === name)!.id;
  await shootClasses(page, idOf('weighed'));
  await shootRuns(page);
  await shootTry(page, idOf('digits'));
  await page.close();
  await studio.close();
}

/** The card of each class, with the images of ellipses that are taken for circles. */
async function shootClasses(page: Page, id: string): Promise<void> {
  await goTo(page, `#/runs/${id}`);
  const card = page.getByRole('region', { name: 'Each class' });
  await page.getByRole('combobox', { name: 'True class' }).selectOption('1');
  await page.getByRole('combobox', { name: 'Predicted class' }).selectOption('0');
  await card.getByRole('heading', { name: /^ellipse taken for circle/ }).waitFor();
  await page.locator('.class-pictures canvas').first().waitFor();
  // As high as the card, or the page's header would be scrolled into the picture.
  await page.setViewportSize({ width: 1060, height: 3000 });
  await page.waitForTimeout(2000);
  await keep(await card.screenshot(), 'classes.png');
}

/** The list of runs, filtered by a condition. */
async function shootRuns(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1200, height: 900 });
  await goTo(page, '#/runs');
  await page.getByLabel('Sort by').selectOption('testError');
  await page.getByLabel('Search runs').fill('validationError<30');
  await shoot(page, 420, 'runs.png');
}

/** The page to try a run on, a digit drawn. */
async function shootTry(page: Page, id: string): Promise<void> {
  await goTo(page, `#/try/${id}`);
  await drawLine(page, page.locator('.sketch canvas'), two);
  await page.getByText('your drawing, as the net sees it').waitFor();
  await shoot(page, 560, 'try.png');
}

/** A page of an exported net, after something was shown to it. */
async function shootPage(
  browser: Browser,
  name: string,
  colorScheme: 'light' | 'dark',
  file: string,
  show: (page: Page) => Promise<void>,
): Promise<void> {
  const server = await serveFolder(join(folder, name));
  const { page } = await openPage(browser, { viewport: { width: 1000, height: 430 }, colorScheme });
  await page.goto(server.address);
  await show(page);
  await page.waitForSelector('.classes li');
  await shoot(page, 430, file);
  await page.close();
  server.close();
}

/** The upper part of a page, as soon as nothing moves there. */
async function shoot(page: Page, height: number, file: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForTimeout(2000);
  const { width } = page.viewportSize()!;
  await keep(await page.screenshot({ clip: { x: 0, y: 0, width, height } }), file);
}

/** Of at most 256 colours, which takes half the bytes. */
async function keep(picture: Buffer, file: string): Promise<void> {
  await sharp(picture).png({ palette: true }).toFile(join(out, file));
}
