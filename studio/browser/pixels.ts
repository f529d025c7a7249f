import type { Locator } from 'playwright-core';

/** What a canvas shows, as text that differs where pictures do. */
export function pixelsOf(canvas: Locator): Promise<string> {
  return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
}

/** Whether anything has been drawn on a canvas of two dimensions. */
export function isPainted(canvas: Locator): Promise<boolean> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext('2d')!;
    return context.getImageData(0, 0, width, height).data.some((value) => value !== 0);
  });
}
