import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/server/library/runSummary.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';
import { accessibilityProblems } from './accessibility.ts';
import { ensureBuilt } from './builtPage.ts';
import { chromiumPath, launchChromium, skipReason } from './chromium.ts';
import { openPage } from './openPage.ts';
import { isPainted } from './pixels.ts';
import { trainSmall } from './sampleRuns.ts';
import { expectWidth } from './visit.ts';

describe.skipIf(!chromiumPath)(`each class in a browser${skipReason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-classes-'));
  let server: StudioServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    await ensureBuilt();
    await trainSmall(folder, 'kept', { mixing: 'even' });
    await trainSmall(folder, 'old', { mixing: 'even' });
    rmSync(join(folder, 'old', 'predictions.safetensors'));
    server = await studioServer({ folder });
    browser = await launchChromium();
    ({ page, problems } = await openPage(browser));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });
  afterEach(() => expect(problems).toEqual([]));

  const card = () => page.getByRole('region', { name: 'Each class' });
  const open = async (name: string) => {
    const runs = await server.json<RunSummary[]>('/api/runs');
    const { id } = runs.find((run) => run.name === name)!;
    await page.goto(`http://127.0.0.1:${server.port}/#/runs/${id}`);
    await card().waitFor();
    return `/api/runs/${id}/classes`;
  };

  test('a cell of the matrix opens its images', async () => {
    const { assessment } = await server.json<{ assessment: { confusion: number[][] } }>(
      await open('kept'),
    );
    const { confusion } = assessment;
    const label = 4;
    const predicted = confusion[label].indexOf(Math.max(...confusion[label]));
    await card().getByRole('heading', { name: 'Most confidently wrong' }).waitFor();
    const target = page.locator('.confusion .target');
    const box = (await target.boundingBox())!;
    const at = (k: number) => ((k + 0.5) * box.width) / confusion.length;
    await target.click({ position: { x: at(predicted), y: at(label) } });
    const count = confusion[label][predicted];
    await card()
      .getByRole('heading', { name: new RegExp(`: ${count} images?$`) })
      .waitFor();
    const pictures = page.locator('.class-pictures canvas');
    await expect.poll(() => pictures.count()).toBe(Math.min(24, count));
    await expect.poll(() => isPainted(pictures.first())).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('the lists choose a cell by keys, and the page fits a telephone', async () => {
    await page.getByRole('combobox', { name: 'True class' }).selectOption('3');
    await page.getByRole('combobox', { name: 'Predicted class' }).selectOption('3');
    await card()
      .getByRole('heading', { name: /^3, found: / })
      .waitFor();
    await page.setViewportSize({ width: 390, height: 800 });
    await expectWidth(page, 390);
  });

  test('a run without predictions says so', async () => {
    await open('old');
    await card().getByText('This run keeps no predictions of its images').waitFor();
  });
});
