import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Goes to a page of the studio by the part of its address behind `#`. */
export function goTo(page: Page, hash: string): Promise<void> {
  return page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Goes to a page and waits until it stands there whole: its title, and nothing that is to come. */
export async function visit(page: Page, hash: string, title: string): Promise<void> {
  await goTo(page, hash);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
}

/** Waits until a page is so many pixels wide, scrolled or not: its figures follow the window a moment later. */
export async function expectWidth(page: Page, pixels: number, where?: string): Promise<void> {
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width, { message: where }).toBe(pixels);
}
