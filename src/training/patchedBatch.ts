import { augmentationSize, augmentedImage } from '../data/augmentation.ts';
import type { Dataset } from '../data/dataset.ts';
import { drawPatches, patched } from '../data/ricap.ts';
import type { LabelShare } from './patchedLoss.ts';

/** Images of a batch before they are patched. */
interface Unpatched {
  images: Uint8Array;
  /** Places of the batch's images among them. */
  indices: Uint32Array;
  labels: readonly number[];
  /** How the machine would crop and mirror them, [images][augmentationSize]; cleared where it is done here. */
  augmentations: Int32Array;
}

/**
 * A batch whose images are patched of four of it each (RICAP), after they are cropped and mirrored: on the host, so
 * that what lies beyond an image's edge is as bright as the mean to a level.
 */
export function patchBatch(
  dataset: Dataset,
  { images, indices, labels, augmentations }: Unpatched,
  draw: { seed: number; step: number; beta: number },
): { images: Uint8Array; indices: Uint32Array; patches: LabelShare[] } {
  const { channels, height, width } = dataset;
  const size = channels * height * width;
  const own = new Uint8Array(indices.length * size);
  for (const [place, index] of indices.entries()) {
    const numbers = augmentations.subarray(
      place * augmentationSize,
      (place + 1) * augmentationSize,
    );
    const image = images.subarray(index * size, (index + 1) * size);
    own.set(augmentedImage(image, dataset, numbers), place * size);
  }
  augmentations.fill(0);
  const patches = drawPatches(draw, indices.length, dataset);
  return {
    images: patched(own, patches, dataset),
    indices: indices.map((_, place) => place),
    patches: patches.map(({ places, share }) => ({
      labels: Array.from(places, (place) => labels[place]),
      share,
    })),
  };
}
