import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { accessibilityProblems } from './accessibility.ts';
import { skipReason } from './chromium.ts';
import { trainSmall } from './sampleRuns.ts';
import { openStudioPage, type StudioPage } from './studioPage.ts';
import { goTo } from './visit.ts';

describe.skipIf(skipReason !== '')(`a run is tried and kept in order${skipReason}`, () => {
  let folder = '';
  let studio: StudioPage;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    await trainSmall(folder, 'small', { layout: 'preact', mixing: 'even' });
    studio = await openStudioPage(folder);
    ({ page, problems } = studio);
  });
  afterAll(async () => {
    await studio?.close();
  });
  afterEach(() => expect(problems).toEqual([]));

  /** Opens the page of a run by its name in the list. */
  async function openRun(name: string): Promise<void> {
    await goTo(page, '#/runs');
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name: 'Notes' }).waitFor();
  }

  test('a drawing is classified', async () => {
    await openRun('small');
    await page.getByRole('link', { name: 'Try it' }).click();
    const box = (await page.getByRole('img', { name: /Draw here/ }).boundingBox())!;
    const middle = box.x + box.width / 2;
    await page.mouse.move(middle, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(middle, box.y + box.height - 40, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => page.locator('.answer li').count()).toBe(10);
    expect(await page.getByRole('heading', { name: 'your drawing' }).count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('tags and a note are kept, and found', async () => {
    await openRun('small');
    await page.getByLabel('Tags').fill('paper, base');
    await page.getByLabel('Tags').blur();
    await page.getByLabel('Note', { exact: true }).fill('the first');
    await page.getByLabel('Note', { exact: true }).blur();
    await expect.poll(() => existsSync(join(folder, 'small', 'labels.json'))).toBe(true);
    await goTo(page, '#/runs');
    await page.getByLabel('Search runs').fill('tags=paper');
    await page.getByText('the first').waitFor();
    await page.getByLabel('Search runs').fill('tags=other');
    await page.getByText('No run matches').waitFor();
    await page.getByLabel('Search runs').fill('');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('it gets another name, and is deleted once that is typed', async () => {
    await openRun('small');
    await page.getByLabel('Name', { exact: true }).fill('better');
    await page.getByLabel('Name', { exact: true }).blur();
    await expect.poll(() => existsSync(join(folder, 'better', 'run.json'))).toBe(true);
    await page.getByText('/ better').waitFor();
    await page.getByRole('button', { name: 'Delete …' }).click();
    const remove = page.getByRole('button', { name: 'Delete', exact: true });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByLabel('Type its name').fill('better');
    await remove.click();
    await page.getByText('No runs yet').waitFor();
    expect(existsSync(join(folder, 'better'))).toBe(false);
  });
});
