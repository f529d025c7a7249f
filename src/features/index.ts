export { featureVariations, parseFeatureVariation } from './parse.ts';
export type { FeatureBatch, FeatureVariation, VariedFeatures } from './variation.ts';
