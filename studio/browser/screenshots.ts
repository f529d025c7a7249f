// Takes the README's pictures of a folder of runs:
//   npx tsx studio/browser/screenshots.ts FOLDER docs/studio
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunSummary } from '../../src/server/library/runSummary.ts';
import { openStudio } from '../../testkit/studioCommand.ts';
import { ensureBuilt } from './builtPage.ts';
import { launchChromium } from './chromium.ts';
import { drawLasso } from './gestures.ts';
import { openPage } from './openPage.ts';
import { goTo } from './visit.ts';

const [folder, out] = process.argv.slice(2);

await ensureBuilt();
const studio = await openStudio(folder);
const browser = await launchChromium();
const { page } = await openPage(browser, { viewport: { width: 1080, height: 900 } });
await page.goto(studio.address);
const list = await page.request.get(new URL('/api/runs', studio.address).href);
const runs = (await list.json()) as RunSummary[];
await shootRun(page, runs);
await shootComparison(page, runs);
await browser.close();
await studio.close();

/** The newest run that kept frames, as it stands. */
async function shootRun(page: Page, runs: readonly RunSummary[]): Promise<void> {
  const run = runs.find(({ frames }) => frames > 1);
  if (!run) throw new Error(`${folder}: no run kept frames; start one in the studio`);
  await goTo(page, `#/runs/${run.id}`);
  await page.getByRole('img', { name: /train mode at step/ }).waitFor();
  await page.waitForTimeout(2000);
  await page.screenshot({ path: join(out, 'run.png') });
}

/** The shaken layouts side by side in dark colours, with a lasso's samples marked. */
async function shootComparison(page: Page, runs: readonly RunSummary[]): Promise<void> {
  const finished = runs.filter(({ config, state }) => {
    return state === 'finished' && config?.mixing === 'shake-shake';
  });
  const layouts = new Map(finished.map((run) => [run.config?.layout, run.id]));
  await page.emulateMedia({ colorScheme: 'dark' });
  const ids = [...layouts.values()];
  await goTo(page, `#/compare?runs=${ids.join(',')}`);
  const plots = page.getByRole('img', { name: /Test, evaluate mode/ });
  await plots.nth(ids.length - 1).waitFor();
  await drawLasso(page, plots.first(), [0.4, 0.4, 0.65, 0.62]);
  await page.locator('.pictures canvas').first().waitFor();
  await page.mouse.move(0, 0);
  await plots.first().evaluate((plot) => {
    const header = 70;
    window.scrollBy(0, plot.getBoundingClientRect().top - header);
  });
  await page.waitForTimeout(2000);
  await page.screenshot({ path: join(out, 'compare.png') });
}
