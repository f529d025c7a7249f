import { type Family, family, parseChoice } from '../options/index.ts';
import { extrapolate } from './extrapolate.ts';
import { interpolate } from './interpolate.ts';
import { noise } from './noise.ts';
import type { FeatureVariation } from './variation.ts';

/** Leaves features as they are. */
const none = family(
  { summary: 'features stay as they are', source: '' },
  (name): FeatureVariation => ({
    name,
    usesLabels: false,
    vary: ({ features, count, dimensions }) => ({
      features: features.subarray(0, count * dimensions),
      backward() {},
    }),
  }),
);

/** Every way of varying features by name. */
export const featureVariations: Record<string, Family<FeatureVariation>> = {
  none,
  extrapolate,
  interpolate,
  noise,
};

/**
 * Reads a way of varying features: its name, then options after a colon, such as
 * `extrapolate:degree=0.5,neighbours=3`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export const parseFeatureVariation = (text: string): FeatureVariation =>
  parseChoice({ field: 'feature-augment', noun: 'way' }, featureVariations, text);
