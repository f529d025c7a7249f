import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { npzOf } from '../../testkit/npzFile.ts';
import { colourFolder } from '../../testkit/ownData.ts';
import { chromiumPath, skipReason } from './chromium.ts';
import { openStudioPage, type StudioPage } from './studioPage.ts';
import { goTo } from './visit.ts';

describe.skipIf(!chromiumPath)(`own data in the studio${skipReason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'shakelab-studio-'));
  let studio: StudioPage;
  let page: Page;
  let problems: string[];
  let photos: string;
  const container = join(folder, 'grey.npz');

  beforeAll(async () => {
    photos = await colourFolder();
    const images = { shape: [40, 4, 4], values: new Uint8Array(640).map((_, at) => at % 251) };
    const labels = { shape: [40], values: new Uint8Array(40).map((_, at) => at % 2) };
    writeFileSync(container, npzOf({ images, labels }));
    studio = await openStudioPage(folder);
    ({ page, problems } = studio);
  });
  afterAll(async () => {
    await studio?.close();
    rmSync(folder, { recursive: true, maxRetries: 5 });
    rmSync(photos, { recursive: true });
  });
  afterEach(() => expect(problems).toEqual([]));

  const start = () => page.getByRole('button', { name: 'Start run' });

  async function choose(path: string): Promise<void> {
    await goTo(page, '#/layouts');
    await page.getByLabel('dataset').selectOption('Own data …');
    await page.getByLabel('Path of own data').fill(path);
    await page.getByLabel('net', { exact: true }).fill('resnext-8-2x4d');
    await page.getByLabel('epochs', { exact: true }).fill('1');
    const more = page.locator('details', { hasText: 'More settings' });
    if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
    await page.getByLabel('batch', { exact: true }).fill('16');
    expect(await start().isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Check data' }).click();
  }

  test.each([
    ['a folder', () => photos, '3 classes, 24 to train, 6 to test; 4×4, 3 channels', 'Classes'],
    [
      'a container',
      () => container,
      'arrays of numpy: 2 classes, 32 to train, 8 to test; 4×4, 1 channel',
      'container: npz',
    ],
  ])('%s is checked, told of and trained on', async (name, path, told, note) => {
    await choose(path());
    await page.getByText(told).waitFor();
    await page.getByText(note).first().waitFor();
    await page.getByLabel('Name of the run').fill(name.replace(' ', '-'));
    await start().click();
    await page.locator('h1 .badge', { hasText: 'finished' }).waitFor();
  });

  test('what cannot be read is refused in its own words', async () => {
    await choose(join(photos, 'none'));
    await page.getByRole('alert').getByText('none').waitFor();
    expect(await start().isDisabled()).toBe(true);
    expect(problems.splice(0)).toEqual([expect.stringContaining('400')]);
  });
});
