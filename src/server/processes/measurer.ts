import { HTTPException } from 'hono/http-exception';
import { runNode } from '../../processes/children.ts';
import { hasCheckpoint } from '../../runs/checkpoint.ts';
import { areCurrent } from '../../runs/embeddings.ts';
import { isTraining } from '../../runs/holders.ts';
import { hasEmbeddings } from '../../studies/embeddings.ts';
import type { ListedRun } from '../library/listedRun.ts';
import { type Measurements, measurementsName, readMeasurements } from '../measurements.ts';
import { SerialQueue } from './serialQueue.ts';

/** How long measures of a run count though newer checkpoints come, as they do while it trains. */
const freshMilliseconds = 60_000;

type Subject = Pick<ListedRun, 'id' | 'folder'>;

/** What is told while a run is measured: what is being done, and null once that is over. */
export type Telling = (id: string, doing: string | null) => void;

/**
 * Embeds and measures runs, each in a process of its own and one after the other: what takes long
 * neither holds up other answers nor takes more than its share of the machine. What was found stays
 * in the run's folder.
 */
export class Measurer {
  private readonly dataFolder?: string;
  private readonly tell: Telling;
  private readonly pending = new Map<string, Promise<Measurements>>();
  private readonly measuredAt = new Map<string, number>();
  private readonly queue = new SerialQueue();

  constructor(tell: Telling, dataFolder?: string) {
    this.tell = tell;
    this.dataFolder = dataFolder;
  }

  /**
   * Embeds the run's images with its newest checkpoint and measures them, where nobody has yet.
   *
   * @throws HTTPException 409 where there is no checkpoint, or the run cannot be opened
   */
  measure(run: Subject): Promise<Measurements> {
    const pending =
      this.pending.get(run.id) ?? this.currentOrNew(run).finally(() => this.pending.delete(run.id));
    this.pending.set(run.id, pending);
    return pending;
  }

  private async currentOrNew(run: Subject): Promise<Measurements> {
    const { id, folder } = run;
    const counts =
      ((await areCurrent(folder, [measurementsName])) && (await hasEmbeddings(folder))) ||
      (await this.isFresh(run));
    const known = counts && (await readMeasurements(folder).catch(() => null));
    if (known) return known;
    if (!(await hasCheckpoint(folder))) {
      throw new HTTPException(409, {
        message: 'the run has no checkpoint yet; wait for its first',
      });
    }
    await this.queue.run(() => this.inProcess(run));
    this.measuredAt.set(id, performance.now());
    const measurements = await readMeasurements(folder);
    if (measurements) return measurements;
    throw new HTTPException(409, {
      message: 'the run was moved while it was looked at; try again',
    });
  }

  /** Checkpoints of a run that trains come by the minute; one that has ended is seen as it ended. */
  private async isFresh({ id, folder }: Subject): Promise<boolean> {
    const since = performance.now() - (this.measuredAt.get(id) ?? -Infinity);
    return since < freshMilliseconds && (await isTraining(folder));
  }

  private async inProcess({ id, folder }: Subject): Promise<void> {
    const data = this.dataFolder === undefined ? [] : [this.dataFolder];
    const hear = (text: string) => {
      for (const line of text.trim().split('\n')) this.tell(id, line);
    };
    try {
      await runNode('server/processes/measure', [folder, ...data], undefined, hear);
    } catch (error) {
      throw new HTTPException(409, { message: (error as Error).message });
    } finally {
      this.tell(id, null);
    }
  }
}
