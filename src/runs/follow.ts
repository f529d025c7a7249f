import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { TrainingEvent } from '../training/trainer.ts';
import { eventSchema, metricsPath, withoutRepeats } from './metrics.ts';

/** How far back the first look goes where the whole past is not asked for. */
const tailBytes = 16_384;

/** What is read at once, at most: some 80,000 lines, of 1.6 million steps. */
const mostRead = 16e6;

const linesAtOnce = 1000;

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
    const file = await open(this.path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
    if (!file) return [];
    try {
      const found = await file.stat();
      return found.isFile() ? await this.read(file, found.size) : [];
    } finally {
      await file.close();
    }
  }

  private async read(file: FileHandle, size: number): Promise<TrainingEvent[]> {
    const start = this.startFor(size);
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(size - start),
      position: start,
    });
    const end = buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
    this.offset = start + end;
    return withoutRepeats(await parsedLines(buffer.toString('utf8', 0, end)));
  }

  private startFor(size: number): number {
    const known = this.offset > 0 && this.offset <= size;
    const start = known ? this.offset : size - this.tail;
    return Math.max(0, start, size - mostRead);
  }
}

/** Parses lines a few at a time, so that others get their turn in between. */
async function parsedLines(text: string): Promise<TrainingEvent[]> {
  const lines = text.split('\n');
  const events: TrainingEvent[] = [];
  for (let first = 0; first < lines.length; first += linesAtOnce) {
    if (first > 0) await setImmediate();
    events.push(...lines.slice(first, first + linesAtOnce).flatMap(parsed));
  }
  return events;
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
