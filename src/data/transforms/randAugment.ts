import { z } from 'zod';
import { family, numberOption } from '../../options/index.ts';
import { aboutMiddle, moved, turned, warp } from './affine.ts';
import {
  autoContrast,
  brightness,
  contrast,
  equalize,
  type Photometric,
  posterize,
  saturation,
  sharpness,
  solarize,
} from './colour.ts';
import { type Frame, fewOption, type Transform } from './transform.ts';

const strongest = 30;

const options = z.strictObject({
  /** How many operations are applied, one after the other. */
  count: fewOption(2),
  /** How strong they are, of 30. */
  strength: numberOption(
    `must be a whole number from 0 to ${strongest}`,
    (value) => Number.isInteger(value) && value >= 0 && value <= strongest,
    9,
  ),
});

/** One operation: what it does with an amount, and how that follows from strength / 30. */
interface Operation {
  apply: Photometric;
  amount(share: number, frame: Frame): number;
  /** Whether the amount's sign is drawn. */
  signed?: boolean;
}

const shearColumns: Photometric = (image, frame, by) =>
  warp(image, frame, aboutMiddle(frame, [1, 0, by, 1]));
const shearRows: Photometric = (image, frame, by) =>
  warp(image, frame, aboutMiddle(frame, [1, by, 0, 1]));

const factor = { signed: true, amount: (share: number) => 0.9 * share };
const shear = { signed: true, amount: (share: number) => 0.3 * share };
/** The paper's 100 of 331 pixels are 150 of 331 in torchvision's. */
const farthest = 150 / 331;

/** The operations and ranges of torchvision's RandAugment. */
export const operations: Record<string, Operation> = {
  identity: { apply: (image) => image, amount: () => 0 },
  shearX: { apply: shearColumns, ...shear },
  shearY: { apply: shearRows, ...shear },
  translateX: {
    apply: (image, frame, by) => moved(image, frame, 0, Math.trunc(by)),
    amount: (share, { width }) => share * farthest * width,
    signed: true,
  },
  translateY: {
    apply: (image, frame, by) => moved(image, frame, Math.trunc(by), 0),
    amount: (share, { height }) => share * farthest * height,
    signed: true,
  },
  rotate: { apply: turned, amount: (share) => 30 * share, signed: true },
  brightness: { apply: brightness, ...factor },
  colour: { apply: saturation, ...factor },
  contrast: { apply: contrast, ...factor },
  sharpness: { apply: sharpness, ...factor },
  posterize: { apply: posterize, amount: (share) => 8 - Math.round(4 * share) },
  solarize: { apply: solarize, amount: (share) => 255 * (1 - share) },
  autoContrast: { apply: autoContrast, amount: () => 0 },
  equalize: { apply: equalize, amount: () => 0 },
};

const all = Object.values(operations);

/**
 * RandAugment: `count` operations, each any of 14, at one strength. Operations, defaults and ranges are
 * torchvision's with 31 magnitudes; what differs is that the geometric ones interpolate, turn and shear
 * about the middle and fill with the mean, where torchvision takes the nearest pixel and fills with 0.
 */
export const randAugment = family(
  {
    summary: 'count=2 of 14 operations, of strength=9 of 30',
    source: 'Cubuk et al. 2020, arXiv:1909.13719',
    options,
  },
  (name, { count, strength }): Transform => ({
    name,
    vary(image, frame, stream) {
      let varied = image;
      for (let i = 0; i < count; i++) {
        const { apply, amount, signed } = all[stream.integer(all.length)];
        const sign = signed && stream.bernoulli(0.5) ? -1 : 1;
        varied = apply(varied, frame, sign * amount(strength / strongest, frame));
      }
      return varied;
    },
  }),
);
