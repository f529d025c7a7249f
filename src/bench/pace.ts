import type { ImageKind } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import { usableProcessors } from '../processes/processors.ts';
import type { RunConfig } from '../runs/fields.ts';
import { openModel } from '../runs/open.ts';
import { trainingSpeed } from '../training/speed.ts';
import { randomDataset } from './randomData.ts';

/**
 * Training images a second of a config's net, over a moment of training on random images.
 *
 * @param kind the images, to be given for data of one's own
 */
export async function profilePace(
  config: RunConfig,
  kind: ImageKind = imagesOf(config.dataset),
): Promise<number> {
  const dataset = { ...randomDataset(kind, 4 * config.batch, 16), ...kind };
  const classes = kind.classNames.length;
  for (const { labels } of [dataset.train, dataset.test])
    labels.forEach((label, at) => {
      labels[at] = label % classes;
    });
  const threads = usableProcessors();
  const { trainer } = await openModel({ ...config, epochs: 1000 }, { dataset, threads });
  try {
    return await trainingSpeed(trainer, 1);
  } finally {
    trainer.close();
  }
}
