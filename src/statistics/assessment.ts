import {
  type CalibrationError,
  calibrationError,
  equalWidthGroups,
  type ReliabilityBin,
  reliability,
} from './calibration.ts';
import { type Classification, classify, confusionMatrix } from './confusion.ts';
import {
  mostConfidentlyWrong,
  type Predictions,
  type ProperScores,
  properScores,
  type TopPrediction,
  topPredictions,
} from './predictions.ts';
import { fitTemperature, type Temperature } from './temperature.ts';

/** How far stated probabilities and what comes true agree. */
export interface Calibration extends CalibrationError, ProperScores {
  /** Of equal width, from 0 to 1. */
  bins: ReliabilityBin[];
}

/** What is to be said of a classifier by what it predicts of samples. */
export interface Assessment extends Classification {
  samples: number;
  /** [true class][predicted class] */
  confusion: number[][];
  /** Null without samples. */
  calibration: Calibration | null;
  /** Fitted on validation samples; null where there are none. */
  temperature: Temperature | null;
  /** The calibration of logits divided by the temperature; null where it has none. */
  tempered: Calibration | null;
  /** The wrong predictions of highest confidence, that one first. */
  wrongest: TopPrediction[];
}

/** Bins of a reliability diagram, as many as Guo et al. have. */
const bins = 15;
/** Predictions drawn for the bias of the calibration error: 400 times those of 10,000 samples. */
const mostDrawn = 4_000_000;

/**
 * Assesses a classifier by its predictions of test samples: each class, calibration, the samples it is
 * most confidently wrong about.
 *
 * @throws RequestError for damaged predictions
 */
export function assess(
  test: Predictions,
  {
    validation,
    wrongest = 24,
  }: {
    /** What a temperature is fitted on: samples neither trained nor tested on. */
    validation?: Predictions;
    /** How many of the most confidently wrong samples to name. */
    wrongest?: number;
  } = {},
): Assessment {
  const predicted = topPredictions(test).map((one) => one.predicted);
  const confusion = confusionMatrix(test.labels, predicted, test.classes);
  const temperature = validation ? fitTemperature(validation) : null;
  return {
    ...classify(confusion),
    samples: test.labels.length,
    confusion,
    calibration: calibrationOf(test),
    temperature,
    tempered: temperature?.temperature ? calibrationOf(test, temperature.temperature) : null,
    wrongest: mostConfidentlyWrong(test, wrongest),
  };
}

function calibrationOf(predictions: Predictions, temperature = 1): Calibration | null {
  const groups = equalWidthGroups(topPredictions(predictions, temperature), bins);
  const draws = Math.min(400, Math.ceil(mostDrawn / Math.max(1, predictions.labels.length)));
  const error = calibrationError(groups, 1, draws);
  const scores = properScores(predictions, temperature);
  return error && scores && { ...error, ...scores, bins: reliability(groups) };
}

/** Two classes of which one is taken for the other. */
export interface Mistake {
  label: number;
  predicted: number;
  count: number;
}

/** The class that a row's class is mostly taken for; null where it never is for another. */
export function mostlyTakenFor(row: readonly number[], label: number): Mistake | null {
  const others = row.map((count, other) => (other === label ? 0 : count));
  const count = Math.max(0, ...others);
  return count === 0 ? null : { label, predicted: others.indexOf(count), count };
}

/** The mistakes of a confusion matrix, the most frequent first. */
export function mistakes(confusion: readonly (readonly number[])[]): Mistake[] {
  return confusion
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((one, other) => other.count - one.count);
}
