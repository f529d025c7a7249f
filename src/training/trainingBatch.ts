import { augmentationSize, drawAugmentations, partnerPlace } from '../data/augmentation.ts';
import { drawCutouts } from '../data/cutout.ts';
import type { Dataset } from '../data/dataset.ts';
import { drawMixup } from '../data/mixup.ts';
import type { HeadBatch } from '../heads/head.ts';
import type { Regularisers } from './regularisers.ts';

/** How images are varied while they are loaded. */
export interface Variation {
  /** [images][augmentationSize] */
  augmentations: Int32Array;
  /** Weight of the partner that is mixed into each image; 0 for none. */
  partnerShare: number;
}

/** What one training step is given. */
export interface TrainingBatch extends Variation {
  seed: number;
  step: number;
  images: Uint8Array;
  /** Places of the batch's images among them. */
  indices: Uint32Array;
  labels: number[];
  /** Where images are mixed in pairs, the partners' labels and share. */
  partners: HeadBatch['partners'];
}

/** Draws how a step's images vary; depends on seed, epoch, step and images alone. */
export function drawBatch(
  { height, width, train }: Dataset,
  indices: Uint32Array,
  { seed, epoch, step }: { seed: number; epoch: number; step: number },
  { augment, cutout = 0, mixup = 0 }: Regularisers,
): TrainingBatch {
  const augmentations = new Int32Array(indices.length * augmentationSize);
  const labels = Array.from(indices, (index) => train.labels[index]);
  if (augment === 'crop-flip') drawAugmentations({ seed, epoch }, indices, augmentations);
  if (cutout > 0)
    drawCutouts({ seed, epoch, side: cutout }, { height, width }, indices, augmentations);
  const batch = { seed, step, images: train.images, indices, labels, augmentations };
  if (mixup === 0) return { ...batch, partnerShare: 0, partners: undefined };
  const share = drawMixup({ seed, step, alpha: mixup }, indices.length, augmentations);
  const partnerOf = (place: number) => augmentations[place * augmentationSize + partnerPlace];
  const partners = { share, labels: labels.map((_, place) => labels[partnerOf(place)]) };
  return { ...batch, partnerShare: share, partners };
}

/** The label that counts most for each sample: its own, or its partner's. */
export const mainLabels = ({ labels, partners }: TrainingBatch): ArrayLike<number> =>
  partners && partners.share > 0.5 ? partners.labels : labels;
