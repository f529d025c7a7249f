/**
 * shakelab as a library: nets from layout strings, mixing laws, training at native speed and run
 * folders. Measures, figures and data have entries of their own, `shakelab/analysis`,
 * `shakelab/statistics`, `shakelab/figures`, `shakelab/data` and `shakelab/machines`; their functions
 * can be had from here too.
 *
 * @module
 */
export {
  alignment,
  type Classifier,
  type Compactness,
  type Coverage,
  compactness,
  coverage,
  type Dispersion,
  dispersion,
  type Embedding,
  type Margin,
  margin,
  type NeuralCollapse,
  type NoArea,
  neighbourError,
  neuralCollapse,
  type PrincipalPlane,
  principalPlane,
  type Representation,
  representation,
  type Scatter,
  scatter,
  uniformity,
} from './analysis/index.ts';
export type { SpectrogramParameters } from './data/audio/parameters.ts';
export type { ClassCount } from './data/classCounts.ts';
export type { SeenForm } from './data/folder/newFiles.ts';
export type { ImageRange, ImageSize } from './data/imageForm.ts';
export {
  type Dataset,
  DatasetUnavailableError,
  datasetDigest,
  listDatasets,
  type OpenOptions,
  openDataset,
  type Split,
} from './data/index.ts';
export type { ClassWeighting } from './data/sampling/classWeights.ts';
export type { SettingValues } from './data/settings.ts';
export { type Naming, RequestError } from './errors.ts';
export {
  type Export,
  exportRun,
  type WrittenFile,
} from './exports/export.ts';
export type { ExportFormatName, FormatSettings } from './exports/formats.ts';
export {
  type FeatureBatch,
  type FeatureVariation,
  parseFeatureVariation,
  type VariedFeatures,
} from './features/index.ts';
export {
  type BlockDiagram,
  type CompactnessCurve,
  drawBlock,
  drawBlocks,
  drawClassCompactness,
  drawCompactness,
  drawEmbeddingGrid,
  drawLearningCurves,
  drawModes,
  drawPasses,
  type LearningCurve,
  type ModelEmbeddings,
  type Passes,
} from './figures/index.ts';
export type { CosineScale, Objective, Readout } from './heads/head.ts';
export { type Head, type HeadBatch, type HeadMemory, parseHead } from './heads/index.ts';
export {
  type BlockDescription,
  type Convolutions,
  type Execution,
  type Kernels,
  type Machine,
  type MachineOptions,
  machines,
  nativeMachine,
  referenceMachine,
  type SlotValues,
} from './machines/index.ts';
export {
  type MixedShape,
  type MixingBlock,
  type MixingLaw,
  type MixingPass,
  parseMixing,
} from './mixing/index.ts';
export type { Architecture, Finish, Projection, Stage, Stem } from './nets/architecture.ts';
export { type Layout, namedLayouts, parseLayout, type Step } from './nets/layouts.ts';
export {
  type Block,
  buildNet,
  type ImageShape,
  type Net,
  type NetOptions,
  parseNet,
} from './nets/networks.ts';
export type { Initial, ParameterSpec } from './nets/parameters.ts';
export type { NetParts } from './nets/parts.ts';
export type { Shape } from './ops/tensor.ts';
export {
  type ClassProbability,
  type NewPredictions,
  type Prediction,
  type PredictOptions,
  predict,
  type Unpredicted,
} from './predict/predict.ts';
export type { Source } from './predict/sources.ts';
export { openTrainedNet, type TrainedNet, type TrainedNetOptions } from './predict/trainedNet.ts';
export type { Hyper } from './program/hyper.ts';
export type {
  Instruction,
  InstructionIn,
  InstructionOf,
  Opcode,
  OperandKind,
  OperandKinds,
  OperandOf,
  SectionName,
} from './program/instructions.ts';
export {
  type Coefficients,
  type NormRecord,
  normPlaces,
  type Parameter,
  type Stored,
  type Term,
  type View,
  viewShape,
} from './program/operands.ts';
export type { Precision } from './program/precision.ts';
export type { Decay, Program } from './program/program.ts';
export type { Slot } from './program/slots.ts';
export { type RandomStream, randomStream } from './random/index.ts';
export type { CheckpointChoice } from './runs/checkpoint.ts';
export { type ConfigSources, differenceFromDefaults, parseConfig } from './runs/config.ts';
export { describeRun, type NetDescription } from './runs/describe.ts';
export { defaultConfig, type RunConfig } from './runs/fields.ts';
export { readRecord } from './runs/folder.ts';
export type { FrameInterval } from './runs/frames/keep.ts';
export { type ClaimNote, SupersededError } from './runs/lease.ts';
export {
  type RunEvent,
  type RunKeeper,
  type RunResult,
  type RunStart,
  runTraining,
  type TrainingOptions,
} from './runs/lifecycle.ts';
export type { KeepingEvent } from './runs/loop.ts';
export { readMetrics } from './runs/metrics.ts';
export {
  type Model,
  type ModelOptions,
  type OpenRun,
  type OpenRunOptions,
  openModel,
  openRun,
} from './runs/open.ts';
export {
  type PredictedSplit,
  type RunPredictions,
  readPredictions,
  type SplitPredictions,
} from './runs/predictions.ts';
export type { RunRecord } from './runs/record.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type TensorFile,
  type WrittenTensor,
} from './runs/safetensors.ts';
export { StorageError } from './runs/storing.ts';
export {
  type Assessment,
  assess,
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  type Calibration,
  type CalibrationError,
  type Classification,
  type ClassMeasures,
  type ConfidenceGroup,
  type Confusion,
  calibrationError,
  classify,
  confusionMatrix,
  type Difference,
  type Estimate,
  equalMassGroups,
  equalWidthGroups,
  estimate,
  exactShare,
  fitTemperature,
  hedgesEffect,
  holm,
  type Importance,
  importance,
  type JudgedDifference,
  judgeFamily,
  type MacroAverage,
  type McNemar,
  type Mistake,
  mcnemar,
  mistakes,
  mostConfidentlyWrong,
  type PairedSought,
  type Predictions,
  type ProperScores,
  pairedDetectable,
  pairedDifference,
  pairedEffect,
  pairedPower,
  pairedSeeds,
  properScores,
  type ReliabilityBin,
  reliability,
  resampledDifference,
  type Samples,
  type Share,
  type SignFlipTest,
  type Sought,
  shareDeviation,
  signFlipTest,
  type Temperature,
  type TopPrediction,
  topPredictions,
  type Untested,
  type WelchSought,
  welchDifference,
  welchPower,
  welchSeeds,
  wilsonShare,
} from './statistics/index.ts';
export type { Amount } from './studies/amount.ts';
export { runBudgetStudy } from './studies/budget/budget.ts';
export type { BudgetStudyOptions } from './studies/budget/options.ts';
export type { BudgetSummary } from './studies/budget/summary.ts';
export { runCifar10Study } from './studies/cifar10/cifar10.ts';
export type { Cifar10StudyOptions } from './studies/cifar10/options.ts';
export type { Cifar10Summary } from './studies/cifar10/summary.ts';
export type { RunEmbeddings } from './studies/embeddings.ts';
export type { TimeEstimate } from './studies/estimate.ts';
export type { PlanEvent, RunPosition, RunsEvent, StudyEvent, WorkEvent } from './studies/events.ts';
export { FailedRunsError } from './studies/failedRuns.ts';
export { runFoldsStudy } from './studies/folds/folds.ts';
export type { FoldsStudyOptions } from './studies/folds/options.ts';
export type { FoldsSummary } from './studies/folds/summary.ts';
export type { HalvingRound, Tally } from './studies/halving.ts';
export { measureRun, type RunMeasures } from './studies/measureRun.ts';
export type { Findings } from './studies/measures/measures.ts';
export { runMnistStudy } from './studies/mnist/mnist.ts';
export type { MnistStudyOptions } from './studies/mnist/options.ts';
export type { StudyHooks, StudyOption, StudyOptionTable, ValuesOf } from './studies/options.ts';
export type { Report } from './studies/report/write.ts';
export { reportStudy } from './studies/reportStudy.ts';
export type { SamplesStudyOptions } from './studies/samples/options.ts';
export { runSamplesStudy } from './studies/samples/samples.ts';
export type { SamplesSummary } from './studies/samples/summary.ts';
export type { DistanceGroup, Effect, Outcome } from './studies/search/findings.ts';
export type { SearchOptions } from './studies/search/options.ts';
export type { Arm, FinishedRound, Round } from './studies/search/rounds.ts';
export {
  type RoundEvent,
  runSearch,
  type SearchEvent,
  type SearchPlan,
} from './studies/search/search.ts';
export type { SearchSettings } from './studies/search/settings.ts';
export type { SearchSummary } from './studies/search/summary.ts';
export type { ShortenStudyOptions } from './studies/shorten/options.ts';
export { runShortenStudy } from './studies/shorten/shorten.ts';
export type { ShortenSummary } from './studies/shorten/summary.ts';
export type { StudyRun } from './studies/study.ts';
export type { Summary } from './studies/summary.ts';
export type { SettingImportance } from './studies/tuning/findings.ts';
export type {
  FinishedRound as FinishedTuningRound,
  Outcome as TuningOutcome,
} from './studies/tuning/rounds.ts';
export type { TuningSettings } from './studies/tuning/settings.ts';
export type { Choice, Space, Value, VariedKey } from './studies/tuning/space.ts';
export type { TuningSummary } from './studies/tuning/summary.ts';
export { runTuning, type TuningEvent } from './studies/tuning/tuning.ts';
export { parseAveraging, type WeightAveraging } from './training/averaging.ts';
export type { EmbeddedSplit, EmbedMode } from './training/embed.ts';
export type { Evaluation, TestMirror } from './training/evaluate.ts';
export type { EvaluateEvery } from './training/evaluations.ts';
export type { Regularisers } from './training/regularisers.ts';
export type { Schedule } from './training/schedule.ts';
export type { NamedTensors } from './training/state.ts';
export {
  NonFiniteLossError,
  openTrainer,
  type Recipe,
  type Trainer,
  type TrainerOptions,
  type TrainingEvent,
  type TrainingState,
} from './training/trainer.ts';
