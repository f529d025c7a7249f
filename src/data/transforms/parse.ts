import { option, RequestError } from '../../errors.ts';
import { type Family, parseChoice } from '../../options/index.ts';
import { randomStream } from '../../random/index.ts';
import { flip } from './flip.ts';
import { noise } from './noise.ts';
import { randAugment } from './randAugment.ts';
import { resizedCrop } from './resizedCrop.ts';
import { rotate } from './rotate.ts';
import { shift } from './shift.ts';
import { specAugment } from './specAugment.ts';
import { timeShift } from './timeShift.ts';
import type { Frame, Transform } from './transform.ts';

/** Every transform by name. */
export const transforms: Record<string, Family<Transform>> = {
  flip,
  shift,
  rotate,
  'resized-crop': resizedCrop,
  randaugment: randAugment,
  'time-shift': timeShift,
  noise,
  'spec-augment': specAugment,
};

/** How training varies the images: transforms in turn, and at last a machine's crop and mirror. */
export interface AugmentationChain {
  /** The chain as text: read again, it is this chain. */
  readonly name: string;
  readonly transforms: readonly Transform[];
  /** Whether the machine crops and mirrors what comes out, as `drawAugmentations` says. */
  readonly cropFlip: boolean;
}

/**
 * Reads how training varies images: `none`, `crop-flip`, or transforms with `+` between them in the order
 * in which they are applied, such as `rotate:degrees=10+crop-flip`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit, or where `crop-flip` is
 *   not the last
 */
export function parseAugmentation(text: string): AugmentationChain {
  if (text === 'none') return { name: text, transforms: [], cropFlip: false };
  const parts = text.split('+');
  const cropFlip = parts.at(-1) === 'crop-flip';
  const hosted = cropFlip ? parts.slice(0, -1) : parts;
  checkPlaces(text, hosted);
  const chosen = hosted.map((part) =>
    parseChoice({ field: 'augment', noun: 'transform' }, transforms, part),
  );
  const names = [...chosen.map(({ name }) => name), ...(cropFlip ? ['crop-flip'] : [])];
  return { name: names.join('+'), transforms: chosen, cropFlip };
}

/** Whether training shows images mirrored, left for right. @throws RequestError as `parseAugmentation` does */
export function mirrors(text: string): boolean {
  const { cropFlip, transforms } = parseAugmentation(text);
  return cropFlip || transforms.some(({ mirrors = false }) => mirrors);
}

function checkPlaces(text: string, hosted: readonly string[]): void {
  const rule = hosted.includes('crop-flip')
    ? ['crop-flip is done as images are loaded, after all else', 'write it once, at the end']
    : hosted.includes('none') || hosted.includes('auto')
      ? ['none and auto stand alone', 'leave them out beside others']
      : undefined;
  if (rule) throw new RequestError(`${option('augment')} ${text}: ${rule.join('; ')}`);
}

/**
 * Varies an image by the transforms of a chain, without its crop and mirror. What is drawn depends on
 * seed, epoch, sample and the transform's place in the chain alone.
 *
 * @param image [channels][height][width]; stays as it is
 */
export function varyImage(
  { transforms }: AugmentationChain,
  image: Uint8Array,
  frame: Frame,
  { seed, epoch, sample }: { seed: number; epoch: number; sample: number },
): Uint8Array {
  return transforms.reduce((varied, transform, place) => {
    const streamOf = (turn: number) => randomStream(seed, `augment/${place}/${sample}`, turn);
    return transform.vary(varied, frame, streamOf(epoch), { epoch, first: () => streamOf(0) });
  }, image);
}
