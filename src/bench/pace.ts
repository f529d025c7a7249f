import { imagesOf } from '../data/datasets.ts';
import { usableProcessors } from '../processes/processors.ts';
import type { RunConfig } from '../runs/fields.ts';
import { openModel } from '../runs/open.ts';
import { trainingSpeed } from '../training/speed.ts';
import { randomDataset } from './randomData.ts';

/** Training images a second of a config's net, over a moment of training on random images. */
export async function profilePace(
  config: RunConfig,
  threads = usableProcessors(),
): Promise<number> {
  const kind = imagesOf(config.dataset);
  const dataset = { ...randomDataset(kind, 4 * config.batch, 16), ...kind };
  const { trainer } = await openModel({ ...config, epochs: 1000 }, { dataset, threads });
  try {
    return await trainingSpeed(trainer, 1);
  } finally {
    trainer.close();
  }
}
