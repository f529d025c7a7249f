import { HTTPException } from 'hono/http-exception';
import { runNode } from '../../bench/children.ts';
import { hasCheckpoint } from '../../runs/checkpoint.ts';
import { type Observed, readObserved } from '../observed.ts';

/**
 * Embeds and measures runs, each in a process of its own and one after the other: what takes long
 * neither holds up other answers nor takes more than its share of the machine.
 */
export class Observer {
  private readonly dataFolder?: string;
  private readonly pending = new Map<string, Promise<Observed>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(dataFolder?: string) {
    this.dataFolder = dataFolder;
  }

  /**
   * What the run's newest checkpoint makes of its images.
   *
   * @throws HTTPException 409 where there is no checkpoint, or the run cannot be opened
   */
  observe(folder: string): Promise<Observed> {
    const pending = this.pending.get(folder);
    if (pending) return pending;
    const observed = this.look(folder).finally(() => this.pending.delete(folder));
    this.pending.set(folder, observed);
    return observed;
  }

  private async look(folder: string): Promise<Observed> {
    const known = await readObserved(folder).catch(() => null);
    if (known) return known;
    if (!(await hasCheckpoint(folder))) {
      throw new HTTPException(409, {
        message: 'the run has no checkpoint yet; wait for its first',
      });
    }
    const turn = this.last.then(() => this.inProcess(folder));
    this.last = turn.catch(() => {});
    await turn;
    const observed = await readObserved(folder);
    return observed ?? this.look(folder);
  }

  private async inProcess(folder: string): Promise<void> {
    const data = this.dataFolder === undefined ? [] : [this.dataFolder];
    try {
      await runNode('server/processes/observe', [folder, ...data]);
    } catch (error) {
      throw new HTTPException(409, { message: (error as Error).message });
    }
  }
}
