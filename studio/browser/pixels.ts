import type { Locator } from 'playwright-core';

/** What a canvas shows, as text that differs where pictures do. */
export function pixelsOf(canvas: Locator): Promise<string> {
  return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
}
