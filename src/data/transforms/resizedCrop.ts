import { z } from 'zod';
import { family, numberOption } from '../../options/index.ts';
import type { RandomStream } from '../../random/index.ts';
import { type Box, warp } from './affine.ts';
import type { Frame, Transform } from './transform.ts';

const options = z.strictObject({
  /** The least share of the image's area that is seen. */
  area: numberOption('must be a number above 0, up to 1', (x) => x > 0 && x <= 1, 0.08),
  /** The most by which width and height may be stretched against each other. */
  stretch: numberOption('must be a number from 1', (x) => x >= 1, 4 / 3),
});

/** How often a box that does not fit is drawn again before the whole image is taken. */
const tries = 10;

/**
 * Sees a part of an image in the whole's place: its area any share from `area` to 1, the logarithm of
 * width : height any from −log stretch to log stretch, its place any where it fits. The
 * definition and the defaults are torchvision's RandomResizedCrop, bilinear; boxes have whole pixels. Where
 * ten boxes do not fit the largest one of an allowed shape is taken, from the middle.
 */
export const resizedCrop = family(
  {
    summary: 'sees a part, of area=0.08 to 1 and another shape, in the size of the whole',
    source: 'Szegedy et al. 2015, arXiv:1409.4842',
    options,
  },
  (name, { area, stretch }): Transform => ({
    name,
    vary(image, frame, stream) {
      const box = drawBox(frame, area, stretch, stream);
      const [down, right] = [box.height / frame.height, box.width / frame.width];
      const first = [box.top + down / 2 - 0.5, box.left + right / 2 - 0.5] as const;
      return warp(image, frame, [down, 0, first[0], 0, right, first[1]], box);
    },
  }),
);

/** @returns a box that lies in the image, at least one pixel wide and high */
function drawBox(frame: Frame, least: number, stretch: number, stream: RandomStream): Box {
  const pixels = frame.height * frame.width;
  for (let i = 0; i < tries; i++) {
    const area = pixels * (least + (1 - least) * stream.uniform());
    const ratio = stretch ** (2 * stream.uniform() - 1);
    const height = Math.round(Math.sqrt(area / ratio));
    const width = Math.round(Math.sqrt(area * ratio));
    if (height < 1 || width < 1 || height > frame.height || width > frame.width) continue;
    const top = stream.integer(frame.height - height + 1);
    return { top, left: stream.integer(frame.width - width + 1), height, width };
  }
  return middleBox(frame, stretch);
}

/** The largest box in the middle that is stretched no more than allowed. */
function middleBox({ height, width }: Frame, stretch: number): Box {
  const [high, wide] = [
    Math.min(height, Math.round(width * stretch)),
    Math.min(width, Math.round(height * stretch)),
  ];
  return { top: (height - high) >> 1, left: (width - wide) >> 1, height: high, width: wide };
}
