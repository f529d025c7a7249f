import { RequestError } from '../errors.ts';

/** What a classifier says of samples with known classes. */
export interface Predictions {
  /** [count][classes], finite; a softmax makes them probabilities. */
  logits: ArrayLike<number>;
  /** [count], each from 0 to classes − 1. */
  labels: ArrayLike<number>;
  classes: number;
}

/** The class that a sample is given, with its probability. */
export interface TopPrediction {
  sample: number;
  label: number;
  predicted: number;
  /** Probability of the predicted class. */
  confidence: number;
}

/** How good probabilities are as such; both are least in the mean for the true probabilities. */
export interface ProperScores {
  /** Mean −ln of the probability of the true class. */
  logLoss: number;
  /** Mean Σ_k (p_k − y_k)² over the classes, from 0 to 2 (Brier 1950). */
  brier: number;
}

/** The class that a sample is given: that of its largest logit, of equal ones the first. */
export function predictedClass(logits: ArrayLike<number>, sample: number, classes: number): number {
  const first = sample * classes;
  let best = 0;
  for (let k = 1; k < classes; k++) if (logits[first + k] > logits[first + best]) best = k;
  return best;
}

/**
 * The most probable class of every sample; of equally probable ones the first.
 *
 * @throws RequestError for damaged predictions, see `checkPredictions`
 */
export function topPredictions(predictions: Predictions, temperature = 1): TopPrediction[] {
  checkPredictions(predictions);
  return Array.from(predictions.labels, (label, sample) => {
    const logarithms = logProbabilities(predictions, sample, temperature);
    const predicted = predictedClass(logarithms, 0, logarithms.length);
    return { sample, label, predicted, confidence: Math.exp(logarithms[predicted]) };
  });
}

/**
 * The wrong predictions of highest confidence, the most confident first.
 *
 * @throws RequestError for damaged predictions
 */
export function mostConfidentlyWrong(predictions: Predictions, limit: number): TopPrediction[] {
  return topPredictions(predictions)
    .filter(({ label, predicted }) => label !== predicted)
    .sort((one, other) => other.confidence - one.confidence || one.sample - other.sample)
    .slice(0, limit);
}

/**
 * Log loss and Brier score, finite for any finite logits; null without samples.
 *
 * @throws RequestError for damaged predictions
 */
export function properScores(predictions: Predictions, temperature = 1): ProperScores | null {
  checkPredictions(predictions);
  const { labels } = predictions;
  let [loss, squares] = [0, 0];
  for (let sample = 0; sample < labels.length; sample++) {
    const logarithms = logProbabilities(predictions, sample, temperature);
    loss -= logarithms[labels[sample]];
    logarithms.forEach((logarithm, k) => {
      squares += (Math.exp(logarithm) - (k === labels[sample] ? 1 : 0)) ** 2;
    });
  }
  const count = labels.length;
  return count === 0 ? null : { logLoss: loss / count, brier: squares / count };
}

/** @throws RequestError if shapes disagree, a label is out of range or a logit is not finite */
function checkPredictions({ logits, labels, classes }: Predictions): void {
  if (logits.length !== labels.length * classes)
    throw new RequestError(
      `predictions: ${logits.length} logits of ${labels.length} samples, not ${classes} each; ` +
        'predict the samples whose labels are given',
    );
  for (let at = 0; at < logits.length; at++) {
    const sample = Math.floor(at / classes);
    if (!Number.isFinite(logits[at]))
      throw new RequestError(
        `predictions, sample ${sample}: a logit is ${logits[at]}, not a finite number; ` +
          'train with a lower learning rate',
      );
    if (!(Number.isInteger(labels[sample]) && labels[sample] >= 0 && labels[sample] < classes))
      throw new RequestError(
        `predictions, sample ${sample}: label ${labels[sample]} is not between 0 and ` +
          `${classes - 1}; give the number of classes of the dataset`,
      );
  }
}

/** ln softmax(z / T) of a sample, [classes]: the largest logit is taken off before the exponential. */
export function logProbabilities(
  { logits, classes }: Pick<Predictions, 'logits' | 'classes'>,
  sample: number,
  temperature: number,
): number[] {
  const own = Array.from({ length: classes }, (_, k) => logits[sample * classes + k]);
  const largest = Math.max(...own);
  const scaled = own.map((logit) => (logit - largest) / temperature);
  const rest = Math.log(scaled.reduce((sum, value) => sum + Math.exp(value), 0));
  return scaled.map((value) => value - rest);
}
