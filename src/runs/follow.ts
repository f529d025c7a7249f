import { open } from 'node:fs/promises';
import type { TrainingEvent } from '../training/trainer.ts';
import { eventSchema, metricsPath, withoutRepeats } from './metrics.ts';

/** How far back the first look goes where the whole past is not asked for. */
const tailBytes = 16_384;

/** Reads a run's metrics as they grow, a poll at a time. */
export class MetricsFollower {
  private readonly path: string;
  private readonly tail: number;
  private offset = 0;

  /**
   * @param folder of the run, which need not have metrics yet
   * @param tail how many bytes the first call looks back
   */
  constructor(folder: string, tail = tailBytes) {
    this.tail = tail;
    this.path = metricsPath(folder);
  }

  /**
   * The events whose lines were completed since the last call, none twice; the first call gives those of the
   * tail. A resumed run cuts lines off and writes them again: they come again, too.
   */
  async next(): Promise<TrainingEvent[]> {
    const file = await open(this.path).catch(() => null);
    if (!file) return [];
    try {
      const { size } = await file.stat();
      const start = this.startFor(size);
      const { buffer, bytesRead } = await file.read({
        buffer: Buffer.alloc(size - start),
        position: start,
      });
      return this.take(buffer.subarray(0, bytesRead), start);
    } finally {
      await file.close();
    }
  }

  private startFor(size: number): number {
    const known = this.offset > 0 && this.offset <= size;
    return known ? this.offset : Math.max(0, size - this.tail);
  }

  private take(bytes: Buffer, start: number): TrainingEvent[] {
    const end = bytes.lastIndexOf('\n') + 1;
    this.offset = start + end;
    return withoutRepeats(bytes.toString('utf8', 0, end).split('\n').flatMap(parsed));
  }
}

/** The event of a line; none where it is damaged, of a net that ran away, or cut by a first look. */
function parsed(line: string): TrainingEvent[] {
  try {
    const { success, data } = eventSchema.safeParse(JSON.parse(line));
    return success && isWhole(data) ? [data] : [];
  } catch {
    return [];
  }
}

const isWhole = (event: TrainingEvent): boolean =>
  Object.values(event).every((value) => typeof value !== 'number' || Number.isFinite(value));
