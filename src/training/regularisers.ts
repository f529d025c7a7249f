import type { Dataset } from '../data/dataset.ts';
import type { ClassWeighting } from '../data/sampling/classWeights.ts';
import { option, RequestError } from '../errors.ts';
import type { FeatureVariation } from '../features/index.ts';
import type { Head } from '../heads/head.ts';
import type { Decay } from '../program/program.ts';

/** What besides the mixing law keeps a net from over-fitting; nothing of it when left out. */
export interface Regularisers {
  /** How training varies the images, such as `crop-flip`; as is usual for the data when left out. */
  augment?: string;
  /** Side in pixels of a square cut out of every training image; 0 for none. */
  cutout?: number;
  /** α of the Beta(α, α) from which mixup draws the share of a batch's partners; 0 for none. */
  mixup?: number;
  /** How classes of different sizes weigh in the training loss; all samples alike when left out. */
  classWeighting?: ClassWeighting;
  /** Which samples an epoch visits, as text: `natural`, each once, when left out. */
  sampling?: string;
  /** How features are varied between net and head. */
  featureVariation?: FeatureVariation;
  /** What weight decay pulls at; all parameters when left out. */
  decay?: Decay;
  /** Decay of the moving average (EMA) of the weights that is evaluated; 0 for none. */
  averageDecay?: number;
}

/** @throws RequestError where regularisers fit neither each other nor the head and the data */
export function checkRegularisers(
  { cutout = 0, mixup = 0, classWeighting, featureVariation }: Regularisers,
  head: Head,
  { height, width }: Dataset,
): void {
  if (cutout > Math.min(height, width)) {
    const rule = `the square must fit into an image of ${height}×${width}`;
    throw new RequestError(
      `${option('cutout')} ${cutout}: ${rule}; try ${Math.min(height, width) >> 1}`,
    );
  }
  if (mixup > 0 && !head.mixesLabels) {
    const rule = `the ${head.name} head compares samples of one label each`;
    throw new RequestError(
      `${option('mixup')} ${mixup}: ${rule}; use another head, or ${option('mixup')} 0`,
    );
  }
  if (classWeighting && !head.mixesLabels) {
    const rule = `the ${head.name} head compares samples with each other, and weighs none`;
    throw new RequestError(
      `${option('classWeights')} ${classWeighting}: ${rule}; use another head, or none`,
    );
  }
  if (mixup > 0 && featureVariation?.usesLabels) {
    const rule = `${featureVariation.name} looks for neighbours of the same label`;
    throw new RequestError(
      `${option('mixup')} ${mixup}: ${rule}; use noise, or ${option('mixup')} 0`,
    );
  }
}
