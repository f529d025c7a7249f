import { median } from 'simple-statistics';
import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/subset.ts';
import type { RunConfig } from '../runs/fields.ts';
import { openModel } from '../runs/open.ts';
import type { Trainer } from '../training/trainer.ts';

/** What a short trial tells of a run. */
export interface Trial {
  /** While training, and while evaluating. */
  imagesPerSecond: number;
  evaluatedPerSecond: number;
  /** Largest memory that this process has had, in bytes. */
  memoryBytes: number;
}

/** A trial trains for this long, and for so many steps at the least, after a first one to warm up. */
const trialSeconds = 2;
const leastSteps = 2;

/** Trains and evaluates on a few batches, to tell how long a whole run will take. */
export async function runTrial(
  config: RunConfig,
  dataset: Dataset,
  threads?: number,
): Promise<Trial> {
  const testSize = Math.min(dataset.test.count, 2 * config.batch);
  const few = subset(dataset, { testSize }, config.seed);
  const { trainer } = await openModel(config, { dataset: few, threads });
  try {
    const imagesPerSecond = await trainingSpeed(trainer);
    const started = performance.now();
    await trainer.evaluate('test');
    const evaluatedPerSecond = (1000 * testSize) / (performance.now() - started);
    const memoryBytes = 1024 * process.resourceUsage().maxRSS;
    return { imagesPerSecond, evaluatedPerSecond, memoryBytes };
  } finally {
    trainer.close();
  }
}

/** The median of the steps' speeds: a step that was held up does not count. */
async function trainingSpeed(trainer: Trainer): Promise<number> {
  const speeds: number[] = [];
  let started = performance.now();
  for await (const event of trainer.train()) {
    if (event.kind === 'epoch') break;
    if (event.step === 1) started = performance.now();
    else speeds.push(event.imagesPerSecond);
    const enough = performance.now() - started >= 1000 * trialSeconds;
    if (enough && speeds.length >= leastSteps) break;
  }
  return median(speeds);
}
