import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from './accessibility.ts';
import { chromiumPath, skipReason } from './chromium.ts';
import { dragBehind, drawLasso } from './gestures.ts';
import { isPainted, pixelsOf } from './pixels.ts';
import { trainSmall } from './sampleRuns.ts';
import { openStudioPage, type StudioPage } from './studioPage.ts';
import { expectWidth, goTo, visit } from './visit.ts';

describe.skipIf(!chromiumPath)(`the studio in a browser${skipReason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-studio-'));
  let studio: StudioPage;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    await trainSmall(folder, 'even', { layout: 'preact', mixing: 'even' });
    await trainSmall(folder, 'shaken', { layout: 'preact-bn', mixing: 'shake-shake' });
    studio = await openStudioPage(folder);
    ({ page, problems } = studio);
  });
  afterAll(async () => {
    await studio?.close();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });
  afterEach(() => expect(problems).toEqual([]));

  const go = (hash: string) => goTo(page, hash);

  /** The address of every page with its title. */
  async function everyPage(): Promise<[hash: string, title: string][]> {
    await go('#/runs');
    const run = await page.getByRole('link', { name: 'shaken' }).getAttribute('href');
    const rooms = ['Runs', 'Layouts', 'Compare', 'Studies'];
    return [
      ...rooms.map((title) => [`#/${title.toLowerCase()}`, title] as [string, string]),
      [run!, 'PreActBN'],
    ];
  }

  test('a run starts from the page, its points move, it stops', async () => {
    await go('#/layouts');
    await page.getByLabel('dataset').selectOption('digits');
    await page.getByLabel('net', { exact: true }).fill('resnext-8-2x4d');
    await page.getByLabel('train-size').fill('512');
    await page.getByLabel('epochs', { exact: true }).fill('10000');
    await page.getByLabel('Name of the run').fill('from-the-page');
    await page.getByRole('button', { name: 'Start run' }).click();
    const cloud = page.getByRole('img', { name: /The sample in train mode/ });
    await cloud.waitFor();
    const before = await pixelsOf(cloud);
    await expect.poll(() => pixelsOf(cloud)).not.toBe(before);
    // Not the first frame alone, which is older than any epoch: what follows needs an error to show.
    const newest = page.getByRole('slider', { name: 'Frame' });
    await expect.poll(() => newest.getAttribute('max')).not.toBe('0');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('h1 .badge', { hasText: 'stopped' }).waitFor();
  });

  test('the timeline goes back to the first frame', async () => {
    const step = page.locator('.timeline output');
    await page.getByRole('slider', { name: 'Frame' }).fill('0');
    await expect.poll(() => step.textContent()).toContain('1 of ');
  });

  test('two runs are compared, a lasso marks samples in all plots and shows them, or says why not', async () => {
    await go('#/compare');
    await page.getByRole('checkbox', { name: /even/ }).check();
    await page.getByRole('checkbox', { name: /shaken/ }).check();
    const plots = page.getByRole('img', { name: /Test, evaluate mode/ });
    await expect.poll(() => plots.count()).toBe(2);
    const unmarked = await pixelsOf(plots.nth(1));
    await page.route('**/images?*', (route) =>
      route.fulfill({ status: 400, json: { message: 'the data have moved' } }),
    );
    await drawLasso(page, plots.first(), [0.12, 0.05, 0.98, 0.5]);
    await page.getByRole('alert').getByText('the data have moved').waitFor();
    expect(problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.unroute('**/images?*');
    await drawLasso(page, plots.first(), [0.12, 0.05, 0.98, 0.92]);
    await page.getByRole('heading', { name: /^[\d,]+ test samples/ }).waitFor();
    const pictures = page.locator('.pictures canvas');
    await expect.poll(() => pictures.count()).toBeGreaterThan(20);
    await expect.poll(() => isPainted(pictures.nth(20))).toBe(true);
    expect(await pixelsOf(plots.nth(1))).not.toBe(unmarked);
  });

  test('figures and their data are saved as files', async () => {
    const png = await save(page, 'embeddings', 'PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const table = (await save(page, 'embeddings', 'CSV')).toString();
    expect(table.split('\n')[0]).toBe('run,panel,image,label,prediction,x,y');
    const svg = (await save(page, 'compactness', 'SVG')).toString();
    expect(svg).toContain('Relative distance to the class centre');
    expect((await save(page, 'embeddings', 'SVG')).toString()).toContain('>PreActBN with shaking<');
    expect((await save(page, 'measures', 'CSV')).toString()).toContain('PreActBN with shaking');
    const verdicts = (await save(page, 'verdicts', 'CSV')).toString();
    expect(verdicts).toMatch(/testError,PreActBN with shaking,PreAct without shaking,.*n = 1: no/);
  });

  test('every figure of every page is saved as PNG, as SVG and as a table', async () => {
    await go('#/runs');
    const run = await page.getByRole('link', { name: 'from-the-page' }).getAttribute('href');
    const figures = {
      '#/layouts': ['block'],
      [run!]: ['embedding', 'loss', 'error', 'coefficients'],
    };
    for (const [hash, names] of Object.entries(figures)) {
      await go(hash);
      await page.getByLabel(`Export ${names.at(-1)}`).waitFor();
      const menus = page.locator('.export summary');
      expect(await menus.count(), hash).toBe(names.length);
      for (const name of names) {
        expect((await save(page, name, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
        expect((await save(page, name, 'SVG')).toString()).toMatch(/^<svg.*<\/svg>$/s);
        expect((await save(page, name, 'CSV')).toString()).toMatch(/^[^,\n]+,.*\n.+,/);
      }
    }
  });

  test('a layout is laid out with the keyboard, and says why it cannot be built', async () => {
    await go('#/layouts?layout=bn-shake');
    const text = page.getByLabel('As text');
    await page.getByRole('button', { name: 'ReLU, step 1 of 5' }).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => text.inputValue()).toBe('conv relu relu conv bn');
    await page.getByRole('button', { name: 'Conv, step 1 of 5' }).focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => text.inputValue()).toBe('relu relu conv bn');
    await page.getByRole('button', { name: 'Conv, step 3 of 4' }).focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => text.inputValue()).toBe('relu relu bn');
    await page.getByRole('alert').getByText('a branch has one to three convolutions').waitFor();
  });

  test('a block is dragged to another place', async () => {
    await page.getByRole('button', { name: 'PreAct', exact: true }).click();
    const blocks = page.locator('.steps .step');
    await dragBehind(page, blocks.nth(0), blocks.nth(3));
    const text = page.getByLabel('As text');
    await expect.poll(() => text.inputValue()).toBe('relu conv bn bn relu conv');
  });

  test.each(['light', 'dark'] as const)(
    'every page is accessible in %s colours',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      const found: Record<string, string[]> = {};
      for (const [hash, title] of await everyPage()) {
        await visit(page, hash, title);
        found[hash] = await accessibilityProblems(page);
      }
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((hash) => [hash, []])));
    },
  );

  test('a page of another version than its server asks to be reloaded', async () => {
    await go('#/runs');
    await page.route('**/api/session', async (route) => {
      const session = await (await route.fetch()).json();
      await route.fulfill({ json: { ...session, format: session.format + 1 } });
    });
    await page.reload();
    await page.getByRole('alert').getByText('reload this page').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.reload();
    await page.getByRole('link', { name: 'shaken' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('no page is wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    const pages = await everyPage();
    for (const [hash, title] of pages) {
      await visit(page, hash, title);
      await expectWidth(page, 390, hash);
    }
    const [shaken] = pages.at(-1)!;
    await visit(page, shaken.replace('runs/', 'compare?runs='), 'Compare');
    await page.getByText('Isotropy').waitFor();
    await expectWidth(page, 390, 'a comparison');
  });
});

/** Saves a figure by its export menu. */
async function save(page: Page, name: string, format: string): Promise<Buffer> {
  const download = await downloaded(page, name, format);
  return readFileSync(await download.path());
}

/**
 * Asks a figure's menu for a file. Chromium now and then drops one of a dozen downloads within seconds,
 * without a word; a person would ask again, and so does this.
 */
async function downloaded(page: Page, name: string, format: string): Promise<Download> {
  for (let attempt = 1; ; attempt++) {
    const coming = page.waitForEvent('download', { timeout: 5_000 * attempt }).catch(() => null);
    const button = page.locator('.export[open]').getByRole('button', { name: format });
    if (!(await button.isVisible())) await page.getByLabel(`Export ${name}`).click();
    await button.click();
    const download = await coming;
    if (download) return download;
    if (attempt === 4) throw new Error(`no ${format} of ${name} was saved`);
  }
}
