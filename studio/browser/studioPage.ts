import { openStudio } from '../../testkit/studioCommand.ts';
import { ensureBuilt } from './builtPage.ts';
import { launchChromium } from './chromium.ts';
import { openPage, type WatchedPage } from './openPage.ts';

/** A studio's page in a browser of its own. */
export interface StudioPage extends WatchedPage {
  /** Closes browser and studio. */
  close(): Promise<void>;
}

/** Starts a studio over a folder, as a user would, and opens the address that it printed. */
export async function openStudioPage(folder: string): Promise<StudioPage> {
  await ensureBuilt();
  const studio = await openStudio(folder);
  const browser = await launchChromium();
  const watched = await openPage(browser);
  await watched.page.goto(studio.address);
  const close = async () => {
    await browser.close();
    await studio.close();
  };
  return { ...watched, close };
}
