import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStudio, type RunningStudio } from '../../testkit/studioCommand.ts';
import { ensureBuilt } from './builtPage.ts';
import { chromiumPath, launchChromium, skipReason } from './chromium.ts';
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
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  test('the page paints and lists them soon, and asks no more often than for one', async () => {
    const visits = [await visit(), await visit(), await visit()];
    const least = (what: 'paint' | 'listed') => Math.min(...visits.map(({ [what]: time }) => time));
    const [paint, listed] = [least('paint'), least('listed')];
    console.log(`first paint ${Math.round(paint)} ms, 200 runs listed ${Math.round(listed)} ms`);
    expect(Math.max(paint, listed), 'milliseconds, of which 300 are usual').toBeLessThan(10_000);
    for (const { asked } of visits) expect(asked.length, asked.join()).toBeLessThanOrEqual(5);
  });

  /** Milliseconds from the address to the first paint and to the last row, and what the page asked for. */
  async function visit() {
    const { page, problems } = await openPage(browser);
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/')) asked.push(pathname);
    });
    await page.addInitScript(noteListing);
    await page.goto(studio.address);
    await page.locator('.runs tbody tr').nth(199).waitFor();
    const times = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      listed: performance.getEntriesByName('runs-listed')[0].startTime,
    }));
    expect(problems).toEqual([]);
    await page.close();
    return { ...times, asked };
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
