import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { HTTPException } from 'hono/http-exception';
import type { ImageKind } from '../../data/dataset.ts';
import { RequestError } from '../../errors.ts';
import { openWorker } from '../../processes/children.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import type { RunRecord } from '../../runs/record.ts';
import type { Coefficients } from '../coefficients.ts';
import type { Description } from '../description.ts';
import { OwnData } from '../ownData.ts';
import { SerialQueue } from './serialQueue.ts';

/** What is planned apart. */
export type Planned =
  | { kind: 'describe'; config: Partial<RunConfig>; images?: ImageKind }
  | { kind: 'coefficients'; record: Pick<RunRecord, 'config' | 'images' | 'data'>; step: number };

/** What the worker makes of it, or why it makes nothing. */
export type PlanningAnswer = { value: unknown } | { message: string; refused: boolean };

/** What may be waiting at once, how long one may take on a machine however busy, and what memory. */
const bounds = { waiting: 64, milliseconds: 60_000, megabytes: 1024 };

/**
 * Plans nets in a thread of its own, one after the other, so that no net holds up other answers. One
 * that takes too long or too much memory is given up, and the next gets a new thread.
 */
export class Planner {
  private readonly queue = new SerialQueue();
  /** Once it has loaded what it plans with. */
  private worker: Promise<Worker> | null = null;
  private waiting = 0;
  private closed = new AbortController();
  private readonly ownData: OwnData;

  /** @param ownData which images people's own data hold, where that is known */
  constructor(ownData = new OwnData()) {
    this.ownData = ownData;
  }

  /** A net from its config, or why there is none. @param signal aborts it before its turn */
  describe(config: Partial<RunConfig>, signal?: AbortSignal): Promise<Description> {
    const images = this.imagesOf(config);
    return this.ask({ kind: 'describe', config, images }, signal);
  }

  /** As its data were read last; a config that does not parse has none, as its description says. */
  private imagesOf(config: Partial<RunConfig>): ImageKind | undefined {
    try {
      return this.ownData.recall(parseConfig(config))?.images;
    } catch {
      return undefined;
    }
  }

  /** Histograms of what a run drew at a step. @throws RequestError where that is too much */
  coefficients({ config, images, data }: RunRecord, step: number): Promise<Coefficients> {
    return this.ask({ kind: 'coefficients', record: { config, images, data }, step });
  }

  /** Gives up what is being planned, and whatever waits. */
  close(): void {
    this.closed.abort();
    this.closed = new AbortController();
  }

  private async ask<Value>(asked: Planned, signal?: AbortSignal): Promise<Value> {
    if (this.waiting >= bounds.waiting) throw tooMany('too many nets are being planned');
    this.waiting++;
    try {
      const given = [this.closed.signal, ...(signal ? [signal] : [])];
      return (await this.queue.run(() => this.plan(asked, AbortSignal.any(given)))) as Value;
    } finally {
      this.waiting--;
    }
  }

  private async plan(asked: Planned, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw tooMany('nobody waits for the answer');
    this.worker ??= this.open();
    const answer = await this.worker
      .then((worker) => answerOf(worker, asked, signal))
      .catch((error: Error) => this.giveUp(error));
    if ('value' in answer) return answer.value;
    throw answer.refused ? new RequestError(answer.message) : new Error(answer.message);
  }

  private open(): Promise<Worker> {
    const resourceLimits = { maxOldGenerationSizeMb: bounds.megabytes };
    const worker = openWorker('server/processes/planningWorker', { resourceLimits });
    const ready = once(worker, 'message').then(() => worker);
    worker.on('error', () => {});
    worker.once('exit', () => {
      if (this.worker === ready) this.worker = null;
    });
    worker.unref();
    return ready;
  }

  private async giveUp(error: Error): Promise<PlanningAnswer> {
    const worker = await this.worker?.catch(() => null);
    await worker?.terminate();
    this.worker = null;
    const reason = error.name === 'AbortError' ? 'it took too long' : error.message;
    return {
      message: `the net cannot be planned here: ${reason}; choose a smaller`,
      refused: true,
    };
  }
}

/** The time that one may take begins when the thread is ready. */
async function answerOf(
  worker: Worker,
  asked: Planned,
  signal: AbortSignal,
): Promise<PlanningAnswer> {
  worker.postMessage(asked);
  const given = AbortSignal.any([signal, AbortSignal.timeout(bounds.milliseconds)]);
  const [answer] = await once(worker, 'message', { signal: given });
  return answer;
}

const tooMany = (reason: string) => new HTTPException(429, { message: `${reason}; wait a moment` });
