import type { Dataset } from '../data/dataset.ts';
import { subset } from '../data/subset.ts';
import type { RunConfig } from '../runs/fields.ts';
import { type ModelOptions, openModel } from '../runs/open.ts';
import { trainingSpeed } from '../training/speed.ts';

/** What a short trial tells of a run. */
export interface Trial {
  /** While training, and while evaluating. */
  imagesPerSecond: number;
  evaluatedPerSecond: number;
  /** Images of an epoch, and those held out to choose by; null where there are none. */
  trained: number;
  validation: number | null;
  /** Largest memory that this process has had, in bytes. */
  memoryBytes: number;
}

/** How long a trial trains, in seconds. */
const trialSeconds = 2;

/** Trains and evaluates on a few batches, to tell how long a whole run will take. */
export async function runTrial(
  config: RunConfig,
  dataset: Dataset,
  { threads, memory }: Pick<ModelOptions, 'threads' | 'memory'> = {},
): Promise<Trial> {
  const testSize = Math.min(dataset.test.count, 2 * config.batch);
  const few = subset(dataset, { testSize }, config.seed);
  const { trainer, dataset: divided } = await openModel(config, { dataset: few, threads, memory });
  try {
    const imagesPerSecond = await trainingSpeed(trainer, trialSeconds);
    const started = performance.now();
    await trainer.evaluate('test');
    const evaluatedPerSecond = (1000 * testSize) / (performance.now() - started);
    const memoryBytes = 1024 * process.resourceUsage().maxRSS;
    const counts = { trained: divided.train.count, validation: divided.validation?.count ?? null };
    return { imagesPerSecond, evaluatedPerSecond, ...counts, memoryBytes };
  } finally {
    trainer.close();
  }
}
