import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { RequestError } from '../../errors.ts';
import { runNode } from '../../processes/children.ts';
import { hasCheckpoint } from '../../runs/checkpoint.ts';
import type { ListedRun } from '../library/listedRun.ts';
import { whole } from '../schemas.ts';
import { SerialQueue } from './serialQueue.ts';

/** What a run says of a file. */
export const toldSchema = z
  .object({
    step: whole,
    /** Of softmax(z / T); null where the run keeps no validation predictions that tell. */
    temperature: z.number().nullable(),
    /** The most probable classes, ten at most. */
    classes: z.array(z.object({ class: z.string(), probability: z.number() })),
    /** What the net saw: bytes [channels][height][width], base64. */
    image: z.object({ channels: whole, height: whole, width: whole, bytes: z.string() }),
  })
  .meta({ id: 'Told' });

export type Told = z.infer<typeof toldSchema>;

/** A file that takes longer to read is no picture that anybody tries. */
const mostMilliseconds = 60_000;
/** Files that may wait for their turn. */
const mostWaiting = 8;

/**
 * Says what runs make of files, each in a process of its own and one after the other: what a hostile file
 * does to a decoder ends with that process.
 */
export class Predictor {
  private readonly dataFolder?: string;
  private readonly queue = new SerialQueue();
  private waiting = 0;

  constructor(dataFolder?: string) {
    this.dataFolder = dataFolder;
  }

  /**
   * @throws RequestError for a file that cannot be read
   * @throws HTTPException 409 where the run has no checkpoint, 429 where too many files wait
   */
  async predict(
    run: Pick<ListedRun, 'folder'>,
    bytes: Uint8Array,
    asked: AbortSignal,
  ): Promise<Told> {
    if (this.waiting >= mostWaiting)
      throw new HTTPException(429, { message: 'too many files at once; wait a moment' });
    if (!(await hasCheckpoint(run.folder)))
      throw new HTTPException(409, {
        message: 'the run has no checkpoint yet; wait for its first',
      });
    this.waiting++;
    const signal = AbortSignal.any([asked, AbortSignal.timeout(mostMilliseconds)]);
    return this.queue
      .run(() => this.inProcess(run.folder, bytes, signal))
      .finally(() => this.waiting--);
  }

  private async inProcess(folder: string, bytes: Uint8Array, signal: AbortSignal): Promise<Told> {
    const place = await mkdtemp(join(tmpdir(), 'shakelab-try-'));
    const data = this.dataFolder === undefined ? [] : [this.dataFolder];
    try {
      const file = join(place, 'file');
      await writeFile(file, bytes);
      const args = [folder, file, ...data];
      const answer = JSON.parse(await runNode('server/processes/predict', args, signal));
      if ('problem' in answer) throw new RequestError(answer.problem);
      return toldSchema.parse(answer);
    } catch (error) {
      if (!signal.aborted) throw error;
      const seconds = mostMilliseconds / 1000;
      throw new RequestError(
        `the file: takes longer than ${seconds} s to read; send a smaller one`,
      );
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }
}
