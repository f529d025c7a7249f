import type { Dataset } from '../data/dataset.ts';
import type { ClassWeighting } from '../data/sampling/classWeights.ts';
import { option, RequestError } from '../errors.ts';
import type { FeatureVariation } from '../features/index.ts';
import type { Head } from '../heads/head.ts';
import type { Decay } from '../program/program.ts';
import type { WeightAveraging } from './averaging.ts';

/** What besides the mixing law keeps a net from over-fitting; nothing of it when left out. */
export interface Regularisers {
  /** How training varies the images, such as `crop-flip`; as is usual for the data when left out. */
  augment?: string;
  /** Side in pixels of a square cut out of every training image; 0 for none. */
  cutout?: number;
  /** α of the Beta(α, α) from which mixup draws the share of a batch's partners; 0 for none. */
  mixup?: number;
  /** β of the Beta(β, β) from which RICAP draws where the four parts of an image meet; 0 for none. */
  ricap?: number;
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
  /** How the weights of the last part of the training are averaged (SWA) and evaluated; not when left out. */
  averaging?: WeightAveraging;
}

/** Settings that do not stand beside each other, as a config calls them. */
const exclusive = [
  ['mixup', 'ricap'],
  ['averageDecay', 'swa'],
] as const;

/** @throws RequestError where regularisers fit neither each other nor the head and the data */
export function checkRegularisers(
  regularisers: Regularisers,
  head: Head,
  { height, width }: Dataset,
): void {
  const { cutout = 0, classWeighting } = regularisers;
  if (cutout > Math.min(height, width)) {
    const rule = `the square must fit into an image of ${height}×${width}`;
    throw new RequestError(
      `${option('cutout')} ${cutout}: ${rule}; try ${Math.min(height, width) >> 1}`,
    );
  }
  if (classWeighting && !head.mixesLabels) {
    const rule = `the ${head.name} head compares samples with each other, and weighs none`;
    throw new RequestError(
      `${option('classWeights')} ${classWeighting}: ${rule}; use another head, or none`,
    );
  }
  for (const key of ['mixup', 'ricap'] as const) checkMixedLabels(key, regularisers, head);
  checkExclusive(regularisers);
}

/** @throws RequestError where images are mixed whose labels cannot be */
function checkMixedLabels(key: 'mixup' | 'ricap', regularisers: Regularisers, head: Head): void {
  const { [key]: strength = 0, featureVariation } = regularisers;
  if (strength === 0) return;
  const told = `${option(key)} ${strength}`;
  if (!head.mixesLabels) {
    const rule = `the ${head.name} head compares samples of one label each`;
    throw new RequestError(`${told}: ${rule}; use another head, or ${option(key)} 0`);
  }
  if (featureVariation?.usesLabels) {
    const rule = `${featureVariation.name} looks for neighbours of the same label`;
    throw new RequestError(`${told}: ${rule}; use noise, or ${option(key)} 0`);
  }
}

/** @throws RequestError for two settings of `exclusive` */
function checkExclusive({ averaging, ...regularisers }: Regularisers): void {
  const named: Record<string, unknown> = { ...regularisers, swa: averaging?.name };
  const both = excluding(named)?.map((key) => `${option(key)} ${named[key]}`);
  if (both) throw new RequestError(`${both.join(' and ')}: do the same in two ways; leave out one`);
}

/** Two settings of a config, by their keys, that do not stand beside each other as they are set. */
export const excluding = (config: Readonly<Record<string, unknown>>) =>
  exclusive.find((pair) => pair.every((key) => isSet(config[key])));

/** Whether two settings of a config, by their keys, do not stand beside each other. */
export const exclude = (key: string, other: string): boolean =>
  exclusive.some(
    (pair: readonly string[]) => key !== other && pair.includes(key) && pair.includes(other),
  );

/** Whether a setting does anything. */
export const isSet = (value: unknown): boolean =>
  value !== undefined && value !== 0 && value !== 'none';
