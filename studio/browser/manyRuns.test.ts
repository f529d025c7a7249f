import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureLoad, tooBusy } from '../../src/bench/load.ts';
import { openStudio, type RunningStudio } from '../../testkit/studioCommand.ts';
import { ensureBuilt } from './builtPage.ts';
import { chromiumPath, launchChromium, skipReason } from './chromium.ts';
import { slowness } from './machineSpeed.ts';
import { openPage } from './openPage.ts';
import { copyRun, trainSmall } from './sampleRuns.ts';

describe.skipIf(!chromiumPath)(`200 runs in a folder${skipReason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-studio-'));
  let studio: RunningStudio;
  let browser: Browser;

  beforeAll(async () => {
    await ensureBuilt();
    await trainSmall(folder, 'original', {});
    copyRun(folder, 'original', 199);
    studio = await openStudio(folder);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await studio?.close();
    rmSync(folder, { recursive: true });
  });

  test('the page paints and lists them in a second, or in as much more as this machine is slower', async ({
    skip,
  }) => {
    const visits = [];
    for (let visit = 0; visit < 4; visit++) visits.push(await timeVisit());
    const limit = 1000 * slowness();
    const { busy } = await measureLoad();
    const paint = Math.min(...visits.map((visit) => visit.paint));
    const listed = Math.min(...visits.map((visit) => visit.listed));
    console.log(
      `first paint ${Math.round(paint)} ms, 200 runs listed ${Math.round(listed)} ms, ` +
        `limit here ${Math.round(limit)} ms`,
    );
    const slow = Math.max(paint, listed) >= limit;
    skip(
      slow && busy > tooBusy,
      `not judged: others take ${Math.round(100 * busy)} % of the processors`,
    );
    expect(paint).toBeLessThan(limit);
    expect(listed).toBeLessThan(limit);
  });

  /** Milliseconds from the address to the first paint and to the last row; others may be at work. */
  async function timeVisit(): Promise<{ paint: number; listed: number }> {
    const { page, problems } = await openPage(browser);
    await page.addInitScript(noteListing);
    await page.goto(studio.address);
    await page.locator('.runs tbody tr').nth(199).waitFor();
    const times = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      listed: performance.getEntriesByName('runs-listed')[0].startTime,
    }));
    expect(problems).toEqual([]);
    await page.close();
    return times;
  }
});

/** Runs in the page before anything else: marks the moment in which the 200th row stands there. */
function noteListing(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('.runs tbody tr').length < 200) return;
    performance.mark('runs-listed');
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true });
}
