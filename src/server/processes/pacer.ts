import { option, RequestError } from '../../errors.ts';
import { lastLine, runNode } from '../../processes/children.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { Cache } from '../cache.ts';
import type { OwnData } from '../ownData.ts';
import type { Planner } from './planner.ts';
import { SerialQueue } from './serialQueue.ts';

/** Memory that a trial may take: a net of more would be slow to try, and might not fit. */
const mostBytes = 4e9;

/** Paces that are remembered at once. */
const mostKnown = 1000;

/** Measures how fast nets train here, each once, in a process of its own, one after the other. */
export class Pacer {
  private readonly known = new Cache<number>(mostKnown);
  private readonly queue = new SerialQueue();
  private readonly planner: Planner;
  private readonly ownData: OwnData;

  constructor(planner: Planner, ownData: OwnData) {
    this.planner = planner;
    this.ownData = ownData;
  }

  /**
   * Training images a second.
   *
   * @throws RequestError for a net that does not parse or is too large to be tried
   */
  async pace(config: RunConfig): Promise<number> {
    await this.ownData.learn(config);
    const net = await this.planner.describe(config);
    if (!net.valid) throw new RequestError(net.reason);
    const { arenaBytes } = net;
    if (arenaBytes > mostBytes) {
      const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
      const rule = `training takes ${gigabytes(arenaBytes)}, a trial may take ${gigabytes(mostBytes)}`;
      throw new RequestError(`${option('batch')} ${config.batch}: ${rule}; try a smaller batch`);
    }
    const images = JSON.stringify(this.ownData.recall(config)?.images ?? null);
    const tried = JSON.stringify({ ...config, seed: 1, subset: 1, epochs: 1, trainSize: null });
    const key = tried + images;
    return this.known.get(key, () => this.measure(tried, images));
  }

  private async measure(config: string, images: string): Promise<number> {
    const work = () => runNode('server/processes/pace', [config, images]);
    const out = await this.queue.run(work).catch(({ message }: Error) => {
      throw new RequestError(`the net cannot be tried here: ${message}; choose a smaller`);
    });
    return Number(lastLine(out));
  }
}
