import { median } from 'simple-statistics';
import type { Trainer } from './trainer.ts';

/** So many steps are measured at the least, after a first one to warm up. */
const leastSteps = 2;

/**
 * Trains for a moment to tell how fast: the median of the steps' speeds, so that a step which was
 * held up does not count. A run that has no other step is judged by its first one.
 *
 * @param seconds how long to train after the first step, if the run is as long
 * @returns training images a second
 */
export async function trainingSpeed(
  trainer: Pick<Trainer, 'train'>,
  seconds: number,
): Promise<number> {
  const speeds: number[] = [];
  let started = performance.now();
  for await (const event of trainer.train()) {
    if (event.kind === 'epoch') continue;
    if (speeds.push(event.imagesPerSecond) === 1) started = performance.now();
    const enough = performance.now() - started >= 1000 * seconds;
    if (enough && speeds.length > leastSteps) break;
  }
  return median(speeds.length > 1 ? speeds.slice(1) : speeds);
}
