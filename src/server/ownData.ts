import { z } from 'zod';
import { countClasses } from '../data/classCounts.ts';
import type { ImageKind } from '../data/dataset.ts';
import { openDataset } from '../data/datasets.ts';
import { namesFolder } from '../data/names.ts';
import { settingsIn } from '../data/settings.ts';
import { RequestError } from '../errors.ts';
import type { RunConfig } from '../runs/fields.ts';
import { SerialQueue } from './processes/serialQueue.ts';
import { whole } from './schemas.ts';

/** What a path of one's own holds, as `data check` tells it. */
export const ownDataSchema = z
  .object({
    /** `images`, `arrays of numpy` */
    holds: z.string(),
    channels: whole,
    height: whole,
    width: whole,
    classes: z.array(
      z.object({ name: z.string(), train: whole, validation: whole.optional(), test: whole }),
    ),
    passedOver: z.array(z.object({ reason: z.string(), count: whole, example: z.string() })),
    notes: z.array(z.string()),
  })
  .meta({ id: 'OwnData' });

export type OwnDataSummary = z.infer<typeof ownDataSchema>;

/** What is kept of data that were read: never the images. */
export interface KnownData {
  images: ImageKind;
  train: number;
}

/** Data sets that are remembered at once. */
const mostKnown = 64;

/** Reads data of people's own, one set after the other, and remembers of each what nets are planned by. */
export class OwnData {
  private readonly queue = new SerialQueue();
  private readonly known = new Map<string, KnownData>();
  private readonly folder: string | undefined;

  /** @param folder to look for data in first */
  constructor(folder?: string) {
    this.folder = folder;
  }

  /**
   * Reads all of a config's data anew.
   *
   * @param signal aborts it before its turn
   * @throws RequestError where they are not one's own, or do not fit
   */
  check(config: RunConfig, signal?: AbortSignal): Promise<OwnDataSummary> {
    if (!namesFolder(config.dataset)) {
      const rule = 'data sets of this program need no check';
      throw new RequestError(`dataset ${config.dataset}: ${rule}; give a path, such as ./photos`);
    }
    return this.queue.run(async () => {
      signal?.throwIfAborted();
      return this.read(config);
    });
  }

  /** What is known of a config's data without reading them. */
  recall(config: RunConfig): KnownData | undefined {
    return this.known.get(keyOf(config));
  }

  /** Makes sure that a config's data are known, where they are one's own. @throws RequestError as `check` does */
  async learn(config: RunConfig): Promise<void> {
    if (!namesFolder(config.dataset) || this.recall(config)) return;
    await this.queue.run(async () => this.recall(config) ?? this.read(config));
  }

  private async read(config: RunConfig): Promise<OwnDataSummary> {
    const key = keyOf(config);
    this.known.delete(key);
    const dataset = await openDataset(config.dataset, {
      ...settingsIn(config),
      folder: this.folder,
    });
    const { channels, height, width, classNames, mean, std, augmentation, train, reading } =
      dataset;
    const form = { channels, height, width };
    this.known.set(key, {
      images: { ...form, classNames, mean, std, augmentation },
      train: train.count,
    });
    if (this.known.size > mostKnown) this.known.delete(this.known.keys().next().value!);
    const { holds = '', passedOver = [], notes = [] } = reading ?? {};
    return { holds, ...form, classes: countClasses(dataset), passedOver, notes };
  }
}

const keyOf = (config: RunConfig): string =>
  JSON.stringify([config.dataset, ...Object.values(settingsIn(config))]);
