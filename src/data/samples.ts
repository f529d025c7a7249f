import { augmentationSize, augmentedImage, drawAugmentations } from './augmentation.ts';
import type { Dataset } from './dataset.ts';
import { type AugmentationChain, parseAugmentation, varyImage } from './transforms/parse.ts';

/** A training image to look at. */
export interface Sample {
  /** its place in the training split */
  index: number;
  className: string;
  /** [channels][height][width] */
  image: Uint8Array;
}

/** The first training images of every class, the classes taking turns; fewer where one runs out. */
export function firstSamples({ train, classNames }: Dataset, count: number): Sample[] {
  const size = train.images.length / train.count;
  const places: number[][] = classNames.map(() => []);
  train.labels.forEach((label, index) => void places[label].push(index));
  const turns = Array.from({ length: count }, (_, i) => i);
  return turns.flatMap((turn) => {
    const label = turn % classNames.length;
    const index = places[label][Math.floor(turn / classNames.length)];
    if (index === undefined) return [];
    const image = train.images.subarray(index * size, (index + 1) * size);
    return [{ index, className: classNames[label], image }];
  });
}

/** What a run of this seed sees of a sample in its first epochs. */
export function augmentedVersions(
  dataset: Dataset,
  { index, image }: Sample,
  { seed, epochs, chain }: { seed: number; epochs: number; chain: AugmentationChain },
): Uint8Array[] {
  return Array.from({ length: epochs }, (_, epoch) => {
    const varied = varyImage(chain, image, dataset, { seed, epoch, sample: index });
    const numbers = new Int32Array(augmentationSize);
    if (chain.cropFlip) drawAugmentations({ seed, epoch }, [index], numbers);
    return augmentedImage(varied, dataset, numbers);
  });
}

/** What training makes of some images. */
export interface VariedSamples {
  /** The way of varying them as text. */
  way: string;
  /** Each with what its first epochs see of it. */
  samples: (Sample & { versions: Uint8Array[] })[];
}

/**
 * What a run sees of the first images of every class; null where it sees them as they are.
 *
 * @param augment as a config has it; `auto` is as is usual for the data
 */
export function variedSamples(
  dataset: Dataset,
  { augment, seed }: { augment: string; seed: number },
  { count, epochs }: { count: number; epochs: number },
): VariedSamples | null {
  const chain = parseAugmentation(augment === 'auto' ? dataset.augmentation : augment);
  if (chain.name === 'none') return null;
  const samples = firstSamples(dataset, count).map((sample) => ({
    ...sample,
    versions: augmentedVersions(dataset, sample, { seed, epochs, chain }),
  }));
  return { way: chain.name, samples };
}
