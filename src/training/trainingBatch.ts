import { augmentationSize, drawAugmentations, partnerPlace } from '../data/augmentation.ts';
import { drawCutouts } from '../data/cutout.ts';
import type { Dataset } from '../data/dataset.ts';
import { drawMixup } from '../data/mixup.ts';
import { type AugmentationChain, varyImage } from '../data/transforms/parse.ts';
import type { HeadBatch } from '../heads/head.ts';
import { patchBatch } from './patchedBatch.ts';
import type { LabelShare } from './patchedLoss.ts';
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
  /** Share of the training's steps before this one. */
  progress: number;
  images: Uint8Array;
  /** Places of the batch's images among them. */
  indices: Uint32Array;
  labels: number[];
  /** Where images are mixed in pairs, the partners' labels and share. */
  partners: HeadBatch['partners'];
  /** Where images are patched of several, the labels of each patch and its share. */
  patches: readonly LabelShare[] | undefined;
  /** What each class counts in the loss. */
  classWeights: HeadBatch['classWeights'];
}

/** How a batch's images vary. */
export interface BatchVariation extends Pick<Regularisers, 'cutout' | 'mixup' | 'ricap'> {
  augment: AugmentationChain;
  classWeights?: readonly number[];
}

/** Where a step stands in the training. */
interface BatchDraw {
  seed: number;
  epoch: number;
  step: number;
  /** Of the whole training. */
  steps: number;
  /** Tells apart the times that an epoch visits a sample, for each of the batch's. */
  visits: Uint32Array;
}

/**
 * Draws how a step's images vary; depends on seed, epoch, step and images alone.
 *
 * @param indices samples of the batch
 */
export function drawBatch(
  dataset: Dataset,
  indices: Uint32Array,
  { seed, epoch, step, steps, visits }: BatchDraw,
  { augment, cutout = 0, mixup = 0, ricap = 0, classWeights }: BatchVariation,
): TrainingBatch {
  const { height, width, train } = dataset;
  const augmentations = new Int32Array(indices.length * augmentationSize);
  const labels = Array.from(indices, (index) => train.labels[index]);
  if (augment.cropFlip) drawAugmentations({ seed, epoch }, visits, augmentations);
  const varied = varyImages(dataset, indices, { seed, epoch, visits }, augment);
  const { patches, ...shown } =
    ricap > 0
      ? patchBatch(dataset, { ...varied, labels, augmentations }, { seed, step, beta: ricap })
      : { ...varied, patches: undefined };
  if (cutout > 0)
    drawCutouts({ seed, epoch, side: cutout }, { height, width }, visits, augmentations);
  const pass = { seed, step, progress: Math.min(1, step / steps) };
  const batch = { ...pass, ...shown, patches, labels, augmentations, classWeights };
  if (mixup === 0) return { ...batch, partnerShare: 0, partners: undefined };
  const share = drawMixup({ seed, step, alpha: mixup }, indices.length, augmentations);
  const partnerOf = (place: number) => augmentations[place * augmentationSize + partnerPlace];
  const partners = { share, labels: labels.map((_, place) => labels[partnerOf(place)]) };
  return { ...batch, partnerShare: share, partners };
}

/** The images of a batch by a chain's transforms; the split's own where there are none. */
function varyImages(
  dataset: Dataset,
  indices: Uint32Array,
  { visits, ...draw }: { seed: number; epoch: number; visits: Uint32Array },
  chain: AugmentationChain,
): Pick<TrainingBatch, 'images' | 'indices'> {
  const { images, count } = dataset.train;
  if (chain.transforms.length === 0) return { images, indices };
  const size = images.length / count;
  const varied = new Uint8Array(indices.length * size);
  indices.forEach((sample, place) => {
    const image = images.subarray(sample * size, (sample + 1) * size);
    varied.set(varyImage(chain, image, dataset, { ...draw, sample: visits[place] }), place * size);
  });
  return { images: varied, indices: indices.map((_, place) => place) };
}
