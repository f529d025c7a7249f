/**
 * `shakelab/analysis`: pure functions from embeddings to numbers, the paper's measures and those of
 * representations of any dimension.
 *
 * @module
 */
export { alignment } from './alignment.ts';
export { type Compactness, compactness } from './compactness.ts';
export { type Coverage, coverage, type NoArea } from './coverage.ts';
export { type Dispersion, dispersion } from './dispersion.ts';
export type { Embedding } from './embedding.ts';
export { type Margin, margin } from './margin.ts';
export { type NeighbourOptions, neighbourError } from './nearestNeighbours.ts';
export { type Classifier, type NeuralCollapse, neuralCollapse } from './neuralCollapse.ts';
export { type PrincipalPlane, principalPlane } from './principal.ts';
export { type Representation, representation } from './representation.ts';
export { type Scatter, scatter } from './scatter.ts';
export { uniformity } from './uniformity.ts';
