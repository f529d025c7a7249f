import { type Predictions, properScores } from './predictions.ts';
import { root } from './root.ts';

/** The temperature that makes a classifier's probabilities fit. */
export interface Temperature {
  /** T of softmax(z / T): above 1 where the classifier is too sure of itself; null as `unfit` says. */
  temperature: number | null;
  /** Log loss at T = 1 and at the fitted T; null where it has none. */
  before: number | null;
  after: number | null;
  /**
   * Why there is no T: no samples; samples that are all right, which ask for T = 0; logits that tell no
   * more than guessing, which ask for T = ∞.
   */
  unfit: 'no samples' | 'no errors' | 'no better than guessing' | null;
}

/** Why there is no temperature, in words. */
export const unfitReasons: Record<NonNullable<Temperature['unfit']>, string> = {
  'no samples': 'there are no validation images',
  'no errors': 'every validation image is right, which asks for 0',
  'no better than guessing': 'the logits tell no more than guessing, which asks for infinity',
};

/** 1/T is looked for between these, over the largest spread of a sample's logits. */
const range = [1e-6, 1e6] as const;

/**
 * Fits the temperature on validation samples, by their log loss. The loss is convex in β = 1/T, so its
 * slope rises with β and has one zero, which is found between bounds.
 *
 * Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017,
 * section 4.2.
 *
 * @param predictions of samples that were neither trained on nor will be reported on
 * @throws RequestError for damaged predictions
 */
export function fitTemperature(predictions: Predictions): Temperature {
  const { labels, classes } = predictions;
  const logits = Float64Array.from(predictions.logits);
  const before = properScores(predictions)?.logLoss ?? null;
  if (before === null) return unfit('no samples', null);
  const margins = logits.map(
    (z, at) => z - logits[at - (at % classes) + labels[Math.floor(at / classes)]],
  );
  const spread = margins.reduce((most, margin) => Math.max(most, Math.abs(margin)), 0);
  const slope = (beta: number) => slopeAt(margins, classes, beta);
  const [low, high] = range.map((end) => end / spread);
  if (spread === 0 || slope(low) >= 0) return unfit('no better than guessing', before);
  if (slope(high) <= 0) return unfit('no errors', before);
  const temperature = 1 / root(slope, low, high);
  const after = properScores(predictions, temperature)!.logLoss;
  return { temperature, before, after, unfit: null };
}

/** The mean over samples of Σ_k p_k (z_k − z_label): how the log loss grows with 1/T. */
function slopeAt(margins: Float64Array, classes: number, beta: number): number {
  let total = 0;
  for (let start = 0; start < margins.length; start += classes) {
    const own = margins.subarray(start, start + classes);
    const largest = own.reduce((most, margin) => Math.max(most, margin), 0);
    let [weighted, sum] = [0, 0];
    for (const margin of own) {
      const weight = Math.exp(beta * (margin - largest));
      weighted += weight * margin;
      sum += weight;
    }
    total += weighted / sum;
  }
  return total;
}

const unfit = (why: Temperature['unfit'], before: number | null): Temperature => ({
  ...{ temperature: null, before, after: null, unfit: why },
});
