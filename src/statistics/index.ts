/**
 * `shakelab/statistics`: pure functions from errors and predictions to what can be said of them:
 * estimates over seeds, tests of differences and what they can find, each class, calibration.
 *
 * @module
 */
export { type Assessment, assess, type Calibration, type Mistake, mistakes } from './assessment.ts';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  type Samples,
} from './bootstrap.ts';
export {
  type CalibrationError,
  type ConfidenceGroup,
  calibrationError,
  equalMassGroups,
  equalWidthGroups,
  type ReliabilityBin,
  reliability,
} from './calibration.ts';
export {
  type Classification,
  type ClassMeasures,
  type Confusion,
  classify,
  confusionMatrix,
  type MacroAverage,
} from './confusion.ts';
export {
  type Difference,
  pairedDifference,
  resampledDifference,
  type Untested,
  welchDifference,
} from './difference.ts';
export { hedgesEffect, pairedEffect } from './effect.ts';
export { type Estimate, estimate, shareDeviation } from './estimate.ts';
export { holm, type JudgedDifference, judgeFamily } from './family.ts';
export { type Importance, importance } from './importance.ts';
export { type McNemar, mcnemar } from './mcnemar.ts';
export {
  type PairedSought,
  pairedDetectable,
  pairedPower,
  pairedSeeds,
  type Sought,
  type WelchSought,
  welchPower,
  welchSeeds,
} from './power.ts';
export {
  mostConfidentlyWrong,
  type Predictions,
  type ProperScores,
  properScores,
  type TopPrediction,
  topPredictions,
} from './predictions.ts';
export { exactShare, type Share, wilsonShare } from './share.ts';
export { type SignFlipTest, signFlipTest } from './signFlips.ts';
export { fitTemperature, type Temperature } from './temperature.ts';
