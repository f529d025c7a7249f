import type { Browser, Page } from 'playwright-core';
import { startShakelab } from '../../testkit/shakelab.ts';

/** A studio that runs as a user would run it. */
export interface RunningStudio {
  /** The address it printed, with its token. */
  address: string;
  close(): Promise<void>;
}

/** Starts `shakelab studio` over a folder, at a free port. */
export async function openStudio(folder: string): Promise<RunningStudio> {
  const { child, ending } = startShakelab('studio', folder, '--no-open');
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text: string) => {
      const found = /http:\/\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    void ending.then(({ err }) => reject(new Error(`the studio ended: ${err}`)));
  });
  return {
    address,
    async close() {
      child.kill('SIGINT');
      await ending;
    },
  };
}

/** A page that keeps what went wrong in it. */
export interface WatchedPage {
  page: Page;
  problems: string[];
}

/** Opens a page that notes every error of the console, of scripts and of the content policy. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return { page, problems };
}
