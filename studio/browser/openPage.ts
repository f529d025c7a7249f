import type { Browser, Page } from 'playwright-core';

/** A page that keeps what went wrong in it. */
export interface WatchedPage {
  page: Page;
  problems: string[];
}

/** Milliseconds for which something may not be there yet, on a machine however slow or busy. */
export const patience = 300_000;

/** Opens a page that notes every error of the console, of scripts and of the content policy. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(patience);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return { page, problems };
}
