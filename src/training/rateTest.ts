import { NonFiniteLossError } from './events.ts';
import type { Schedule } from './schedule.ts';
import type { Trainer } from './trainer.ts';

/** The rates of a test: from the least to the most, growing by the same factor at each of so many steps. */
export interface RateRange {
  least: number;
  most: number;
  steps: number;
}

/** One step of a test. */
export interface RateStep {
  learningRate: number;
  loss: number;
  /** Moving average of the losses so far, free of the bias towards its start at 0. */
  smoothed: number;
}

/** What a test found. */
export interface RateTest {
  steps: RateStep[];
  /** Why it ended: all rates were seen, the loss rose above four times its least, or was no number. */
  ended: 'all rates' | 'loss rose' | 'not finite';
  /** A tenth of the rate of the least smoothed loss; null where that lies at an end, or the loss hardly fell. */
  suggestion: number | null;
}

/** Weight of the past in the moving average. */
const memory = 0.9;
/** A loss of more than so many times the least has left for good. */
const hopeless = 4;

/** Nothing was learned where the least smoothed loss is above this share of the first. */
const leastFall = 0.9;

/** The rate of every step of a test, whatever the recipe's. */
export const growing =
  ({ least, most, steps }: RateRange): Schedule =>
  (_, step) =>
    least * (most / least) ** (step / (steps - 1));

/**
 * Trains for a few steps while the learning rate grows, to see which rates a net learns by. The same options
 * and seed give the same losses.
 *
 * Source: Smith, "Cyclical learning rates for training neural networks", 2017 (arXiv:1506.01186), section
 * 3.3; growth by a factor, the average, the end at four times the least loss and the choice of a rate ten times
 * below that of the least loss are Gugger's, "How do you find a good learning rate", 2018.
 *
 * @param trainer before its first step, opened with the schedule `growing`
 * @param told hears of every step
 */
export async function testRates(
  trainer: Trainer,
  steps: number,
  told: (step: RateStep) => void = () => {},
): Promise<RateTest> {
  const seen: RateStep[] = [];
  let [average, least] = [0, Number.POSITIVE_INFINITY];
  try {
    for await (const event of trainer.train()) {
      if (event.kind !== 'step') continue;
      const { learningRate, loss } = event;
      average = memory * average + (1 - memory) * loss;
      const smoothed = average / (1 - memory ** (seen.length + 1));
      seen.push({ learningRate, loss, smoothed });
      told(seen[seen.length - 1]);
      least = Math.min(least, smoothed);
      if (smoothed > hopeless * least) return found(seen, 'loss rose');
      if (seen.length === steps) break;
    }
  } catch (error) {
    if (!(error instanceof NonFiniteLossError)) throw error;
    return found(seen, 'not finite');
  }
  return found(seen, 'all rates');
}

const found = (steps: RateStep[], ended: RateTest['ended']): RateTest => ({
  steps,
  ended,
  suggestion: suggestedRate(steps),
});

/**
 * A tenth of the rate of the least smoothed loss, if there are rates on either side of it and that loss is at
 * least a tenth below the first one: else nothing was learned, and the least is an accident.
 */
export function suggestedRate(steps: readonly RateStep[]): number | null {
  const smoothed = steps.map((step) => step.smoothed);
  const best = smoothed.indexOf(Math.min(...smoothed));
  const fell = smoothed[best] <= leastFall * smoothed[0];
  return fell && best < steps.length - 1 ? steps[best].learningRate / 10 : null;
}
