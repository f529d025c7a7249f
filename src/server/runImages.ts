import type { Dataset } from '../data/dataset.ts';
import { type VariedSamples, variedSamples } from '../data/samples.ts';
import { RequestError } from '../errors.ts';
import { dataKeyOf, type RunConfig } from '../runs/fields.ts';
import { openData } from '../runs/open.ts';
import { checkData } from '../runs/sameData.ts';
import { Cache } from './cache.ts';
import { SerialQueue } from './processes/serialQueue.ts';

/** Data sets that stay in memory, each up to some 180 MB. */
const mostOpen = 2;

/** Bytes of varied images that are told at once; of larger images fewer, but one at least. */
const mostVaried = 8_000_000;

/** Images of the data that runs train on; the data used last stay open. */
export class RunImages {
  private readonly dataFolder?: string;
  private readonly open = new Cache<Dataset>(mostOpen);
  /** However many are asked for, one is read at a time. */
  private readonly queue = new SerialQueue();

  constructor(dataFolder?: string) {
    this.dataFolder = dataFolder;
  }

  /**
   * Images of a split of a run's data by their places, as bytes [places][channels][height][width].
   *
   * @throws RequestError for a place outside the split, or data that are not to be had or have
   *   changed since the run was begun
   */
  async images(
    { folder, config }: { folder: string; config: RunConfig },
    split: 'train' | 'test',
    places: readonly number[],
  ): Promise<Uint8Array<ArrayBuffer>> {
    const dataset = await this.dataset(config);
    await checkData(folder, dataset);
    const { [split]: images, channels, height, width } = dataset;
    const size = channels * height * width;
    const bytes = new Uint8Array(places.length * size);
    for (const [index, place] of places.entries()) {
      if (place >= images.count) {
        const rule = `the ${split} split has places 0 … ${images.count - 1}`;
        throw new RequestError(`places ${place}: ${rule}`);
      }
      bytes.set(images.images.subarray(place * size, (place + 1) * size), index * size);
    }
    return bytes;
  }

  /**
   * What a run sees of some training images as it varies them; null where it sees them as they are.
   *
   * @throws RequestError for data that are not to be had or have changed since the run was begun
   */
  async varied(
    { folder, config }: { folder: string; config: RunConfig },
    { count, epochs }: { count: number; epochs: number },
  ): Promise<VariedSamples | null> {
    const dataset = await this.dataset(config);
    await checkData(folder, dataset);
    const { channels, height, width } = dataset;
    const within = Math.floor(mostVaried / ((1 + epochs) * channels * height * width));
    return variedSamples(dataset, config, { count: Math.max(1, Math.min(count, within)), epochs });
  }

  private dataset(config: RunConfig): Promise<Dataset> {
    const key = dataKeyOf(config);
    const open = () => openData(config, { dataFolder: this.dataFolder });
    return this.open.get(key, () => this.queue.run(open));
  }
}
