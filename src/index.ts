/**
 * shakelab as a library: nets from layout strings, mixing laws, training at native speed, run
 * folders, measures and figures of embeddings.
 */
export { alignment } from './analysis/alignment.ts';
export { type Compactness, compactness } from './analysis/compactness.ts';
export { type Coverage, coverage } from './analysis/coverage.ts';
export { type Dispersion, dispersion } from './analysis/dispersion.ts';
export type { Embedding } from './analysis/embedding.ts';
export { type Margin, margin } from './analysis/margin.ts';
export { neighbourError } from './analysis/nearestNeighbours.ts';
export { type Classifier, type NeuralCollapse, neuralCollapse } from './analysis/neuralCollapse.ts';
export { type PrincipalPlane, principalPlane } from './analysis/principal.ts';
export { type Representation, representation } from './analysis/representation.ts';
export { type Scatter, scatter } from './analysis/scatter.ts';
export { uniformity } from './analysis/uniformity.ts';
export type { Dataset, OpenOptions, Split } from './data/dataset.ts';
export { listDatasets, openDataset } from './data/datasets.ts';
export { datasetDigest } from './data/identity.ts';
export { DatasetUnavailableError } from './data/obtain.ts';
export { RequestError } from './errors.ts';
export {
  type FeatureBatch,
  type FeatureVariation,
  parseFeatureVariation,
  type VariedFeatures,
} from './features/index.ts';
export { type BlockDiagram, drawBlock, drawBlocks } from './figures/blocks.ts';
export {
  type CompactnessCurve,
  drawClassCompactness,
  drawCompactness,
} from './figures/compactness.ts';
export {
  drawEmbeddingGrid,
  drawModes,
  drawPasses,
  type ModelEmbeddings,
  type Passes,
} from './figures/embeddings.ts';
export { drawLearningCurves, type LearningCurve } from './figures/learning.ts';
export { type Head, type HeadBatch, type HeadMemory, parseHead } from './heads/index.ts';
export {
  type MixedShape,
  type MixingBlock,
  type MixingLaw,
  type MixingPass,
  parseMixing,
} from './mixing/index.ts';
export type { Architecture, Finish, Projection, Stage, Stem } from './nets/architecture.ts';
export { type Layout, namedLayouts, parseLayout, type Step } from './nets/layouts.ts';
export { type Block, buildNet, type Net, type NetOptions, parseNet } from './nets/networks.ts';
export { type RandomStream, randomStream } from './random/index.ts';
export { differenceFromDefaults, parseConfig } from './runs/config.ts';
export { describeRun, type NetDescription } from './runs/describe.ts';
export { defaultConfig, type RunConfig } from './runs/fields.ts';
export { type RunRecord, readRecord } from './runs/folder.ts';
export {
  type RunEvent,
  type RunResult,
  type RunStart,
  runTraining,
  type TrainingOptions,
} from './runs/lifecycle.ts';
export { readMetrics } from './runs/metrics.ts';
export { type Model, type ModelOptions, type OpenRun, openModel, openRun } from './runs/open.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type TensorFile,
} from './runs/safetensors.ts';
export { runCifar10Study } from './studies/cifar10/cifar10.ts';
export type { Cifar10StudyOptions } from './studies/cifar10/options.ts';
export type { Cifar10Summary } from './studies/cifar10/summary.ts';
export type { StudyEvent } from './studies/events.ts';
export { measureRun, type RunMeasures } from './studies/measureRun.ts';
export { runMnistStudy } from './studies/mnist/mnist.ts';
export type { MnistStudyOptions } from './studies/mnist/options.ts';
export type { Effect, Outcome } from './studies/search/findings.ts';
export type { SearchOptions } from './studies/search/options.ts';
export { runSearch, type SearchEvent } from './studies/search/search.ts';
export type { SearchSummary } from './studies/search/summary.ts';
export type { StudyRun } from './studies/study.ts';
export type { Summary } from './studies/summary.ts';
export type { Regularisers } from './training/regularisers.ts';
export {
  NonFiniteLossError,
  openTrainer,
  type Recipe,
  type Trainer,
  type TrainerOptions,
  type TrainingEvent,
  type TrainingState,
} from './training/trainer.ts';
