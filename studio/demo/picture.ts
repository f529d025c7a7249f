import { scaledImage } from '../../src/data/folder/scaledImage.ts';
import { stackImages } from '../../src/data/folder/stack.ts';
import type { PageFacts } from '../../src/exports/page/page.ts';

/** A picture of any kind as the net sees it, [channels][height][width], by the functions that read the training images. */
export function seenBy(picture: ImageData, facts: PageFacts): Uint8Array {
  const { height, width, data: values } = picture;
  const raster = { height, width, bands: 4, alpha: 'apart', values, pages: 1 } as const;
  const kept = facts.imageChannels === 'colour-alpha';
  const scale = { low: 0, high: 255 };
  const scaled = scaledImage({ ...raster, scale }, facts, kept, 'full');
  return stackImages([{ ...scaled, path: 'the picture' }], facts.imageChannels).images;
}

/** The pixels of an image file, in the colours and the size that it has. @throws Error for no image */
export async function pixelsOfFile(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height);
}

/** An image of the net's as the page shows it: grey, colours, or the first of its channels. */
export function shown(image: Uint8Array, { channels, height, width }: PageFacts): ImageData {
  const out = new ImageData(width, height);
  const plane = height * width;
  for (let at = 0; at < plane; at++) {
    const colour = (band: number) => image[(channels >= 3 ? band : 0) * plane + at];
    out.data.set([colour(0), colour(1), colour(2), 255], 4 * at);
  }
  return out;
}
