import { z } from 'zod';
import { family, shareOption } from '../../options/index.ts';
import { remapped } from './affine.ts';
import type { Transform } from './transform.ts';

const options = z.strictObject({
  /** Left with right, top with bottom, or each of the two by a draw of its own. */
  axis: z.enum(['horizontal', 'vertical', 'both']).default('horizontal'),
  /** How often. */
  chance: shareOption(0.5),
  /** Drawn anew in every epoch; or in the first alone, and then the other way round each time. */
  turns: z.enum(['random', 'alternate']).default('random'),
});

/**
 * Mirrors an image by chance. The same as torchvision's RandomHorizontalFlip and RandomVerticalFlip; with
 * turns that alternate, two epochs in a row show an image both ways (Jordan 2024, arXiv:2404.00498).
 */
export const flip = family(
  {
    summary: 'mirrors; axis=vertical or both where what is seen has no up or no left',
    source: 'Krizhevsky, Sutskever & Hinton 2012, doi:10.1145/3065386',
    options,
  },
  (name, { axis, chance, turns }): Transform => ({
    name,
    mirrors: axis !== 'vertical' && chance > 0,
    vary(image, frame, stream, { epoch, first: begin }) {
      const { height, width } = frame;
      const drawn = turns === 'alternate' ? begin() : stream;
      const turned = turns === 'alternate' && epoch % 2 === 1;
      const [first, second] = [0, 1].map(() => drawn.uniform() < chance !== turned);
      const across = first && axis !== 'vertical';
      const over = axis === 'vertical' ? first : second && axis === 'both';
      if (!across && !over) return image;
      return remapped(image, frame, (y, x) => [
        over ? height - 1 - y : y,
        across ? width - 1 - x : x,
      ]);
    },
  }),
);
