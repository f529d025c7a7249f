import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { openStudio, type RunningStudio } from '../../testkit/studioCommand.ts';
import { ensureBuilt } from './builtPage.ts';
import { chromiumPath, launchChromium, skipReason } from './chromium.ts';
import { openPage, patience } from './openPage.ts';

/** More than the six connections that browsers allow to one server. */
const tabs = 8;

describe.skipIf(!chromiumPath)(`many tabs of one browser${skipReason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-studio-'));
  let studio: RunningStudio;
  let browser: Browser;

  beforeAll(async () => {
    await ensureBuilt();
    await fakeRun(join(folder, 'first'), { done: 2 });
    studio = await openStudio(folder);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await studio?.close();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  test('all load, and one that is looked at again has kept up', async () => {
    const context = await browser.newContext();
    context.setDefaultTimeout(patience);
    const pages: Page[] = [];
    for (let tab = 0; tab < tabs; tab++) {
      const page = await context.newPage();
      await page.goto(studio.address);
      await page.getByRole('link', { name: 'first' }).waitFor();
      await show(page, false);
      pages.push(page);
    }
    await fakeRun(join(folder, 'second'), { seed: 2 });
    const second = pages[0].getByRole('link', { name: 'second' });
    expect(await second.count()).toBe(0);
    await show(pages[0], true);
    await second.waitFor();
  });

  test('one whose code has gone says so', async () => {
    const { page } = await openPage(browser);
    await page.route(/LayoutsPage/, (route) => route.abort());
    await page.goto(studio.address);
    await page.getByRole('link', { name: 'Layouts' }).click();
    await page.getByRole('alert').getByText('The code of this page does not come').waitFor();
  });
});

/** What a browser does to a tab that comes to the front, or goes behind another. */
function show(page: Page, front: boolean): Promise<void> {
  return page.evaluate((visible) => {
    Object.defineProperty(document, 'hidden', { value: !visible, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, front);
}
