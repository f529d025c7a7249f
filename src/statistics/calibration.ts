import { quantileSorted } from 'simple-statistics';
import { randomStream } from '../random/index.ts';
import type { TopPrediction } from './predictions.ts';
import { type Share, wilsonShare } from './share.ts';

/** Predictions of like confidence. */
export interface ConfidenceGroup {
  /** Bounds of the confidences. */
  low: number;
  high: number;
  members: TopPrediction[];
}

/** One bar of a reliability diagram. */
export interface ReliabilityBin {
  low: number;
  high: number;
  count: number;
  /** Mean confidence; null for an empty bin. */
  confidence: number | null;
  /** Share that is right, with Wilson's interval; null for an empty bin. */
  accuracy: Share | null;
}

/** The expected calibration error, which no finite sample brings to 0. */
export interface CalibrationError {
  /** Σ count |accuracy − confidence| over the groups, a share of all samples. */
  error: number;
  /** Its mean for a perfectly calibrated model of the same confidences: the bias. */
  ofCalibrated: number;
  /** What such a model stays below in 95 of 100 cases; an error above it is more than chance. */
  limit: number;
}

/** Groups of equal width from 0 to 1; a confidence on a bound belongs to the upper one, 1 to the last. */
export function equalWidthGroups(top: readonly TopPrediction[], count = 15): ConfidenceGroup[] {
  const groups = Array.from({ length: count }, (_, k): ConfidenceGroup => {
    return { low: k / count, high: (k + 1) / count, members: [] };
  });
  for (const one of top)
    groups[Math.min(count - 1, Math.floor(one.confidence * count))].members.push(one);
  return groups;
}

/**
 * Groups of as many samples each, as far as equal confidences, which stay together, allow. Fewer
 * groups where there are fewer different confidences; none is empty.
 */
export function equalMassGroups(top: readonly TopPrediction[], count = 15): ConfidenceGroup[] {
  const sorted = top.toSorted((one, other) => one.confidence - other.confidence);
  const groups: ConfidenceGroup[] = [];
  for (let start = 0, k = 1; start < sorted.length; k++) {
    let end = Math.round((k * sorted.length) / count);
    while (end > start && sorted[end]?.confidence === sorted[end - 1].confidence) end++;
    if (end <= start) continue;
    const members = sorted.slice(start, end);
    groups.push({ low: members[0].confidence, high: members.at(-1)!.confidence, members });
    start = end;
  }
  return groups;
}

/** The bars of a reliability diagram: how often predictions of each group are right. */
export function reliability(groups: readonly ConfidenceGroup[]): ReliabilityBin[] {
  return groups.map(({ low, high, members }) => {
    const count = members.length;
    const right = members.filter(({ label, predicted }) => label === predicted).length;
    const confidence = count === 0 ? null : confidenceSum(members) / count;
    return { low, high, count, confidence, accuracy: wilsonShare(right, count) };
  });
}

/**
 * The expected calibration error of groups, beside that of a perfectly calibrated model: `draws` times
 * every prediction is right with the probability that its confidence states.
 *
 * Source: Naeini, Cooper and Hauskrecht, AAAI 2015; the bias as in Roelofs, Cain, Shlens and Mozer,
 * "Mitigating bias in calibration error estimation", AISTATS 2022; the resampling of Bröcker and
 * Smith, "Increasing the reliability of reliability diagrams", 2007.
 *
 * @returns null without samples
 */
export function calibrationError(
  groups: readonly ConfidenceGroup[],
  seed: number,
  draws = 400,
): CalibrationError | null {
  const present = groups.map(({ members }) => members).filter(({ length }) => length > 0);
  if (present.length === 0) return null;
  const stream = randomStream(seed, 'statistics/calibration');
  const stated = Array.from({ length: draws }, () =>
    errorOf(present, ({ confidence }) => stream.bernoulli(confidence)),
  );
  stated.sort((a, b) => a - b);
  return {
    error: errorOf(present, ({ label, predicted }) => label === predicted),
    ofCalibrated: stated.reduce((sum, error) => sum + error, 0) / draws,
    limit: quantileSorted(stated, 0.95),
  };
}

/** Σ |right − Σ confidence| over the groups, a share of all samples. */
function errorOf(
  groups: readonly (readonly TopPrediction[])[],
  right: (one: TopPrediction) => boolean,
): number {
  let [gaps, count] = [0, 0];
  for (const members of groups) {
    gaps += Math.abs(members.filter(right).length - confidenceSum(members));
    count += members.length;
  }
  return gaps / count;
}

const confidenceSum = (members: readonly TopPrediction[]): number =>
  members.reduce((sum, { confidence }) => sum + confidence, 0);
