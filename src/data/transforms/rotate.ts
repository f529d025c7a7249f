import { z } from 'zod';
import { family, numberOption } from '../../options/index.ts';
import { turned } from './affine.ts';
import { between, type Transform } from './transform.ts';

const options = z.strictObject({
  /** The farthest, in degrees either way. */
  degrees: numberOption('must be a number from 0 to 180', (x) => x >= 0 && x <= 180, 15),
});

/**
 * Turns an image about its middle by an angle up to so many degrees, any as likely. The ranges are those
 * of torchvision's RandomRotation, which takes the nearest pixel and fills with 0: this interpolates
 * and fills with the mean.
 */
export const rotate = family(
  {
    summary: 'turns by up to degrees=15 either way',
    source: 'Simard, Steinkraus & Platt 2003, doi:10.1109/ICDAR.2003.1227801',
    options,
  },
  (name, { degrees }): Transform => ({
    name,
    vary: (image, frame, stream) => turned(image, frame, between(stream, degrees)),
  }),
);
