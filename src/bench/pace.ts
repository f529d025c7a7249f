import { availableParallelism } from 'node:os';
import { imagesOf } from '../data/datasets.ts';
import type { RunConfig } from '../runs/fields.ts';
import { openModel } from '../runs/open.ts';
import { randomDataset } from './randomData.ts';
import { median } from './spread.ts';

const seconds = 1;
const leastSteps = 2;

/** Training images a second of a config's net, over a moment of training on random images. */
export async function profilePace(
  config: RunConfig,
  threads = availableParallelism(),
): Promise<number> {
  const kind = imagesOf(config.dataset);
  const dataset = { ...randomDataset(kind, 4 * config.batch, 16), ...kind };
  const { trainer } = await openModel({ ...config, epochs: 1000 }, { dataset, threads });
  const paces: number[] = [];
  const started = performance.now();
  for await (const event of trainer.train()) {
    if (event.kind === 'step' && event.step > 1) paces.push(event.imagesPerSecond);
    const enough = performance.now() - started > 1000 * seconds;
    if (enough && paces.length >= leastSteps) break;
  }
  trainer.close();
  return median(paces);
}
