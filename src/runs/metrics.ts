import { open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingEvent } from '../training/trainer.ts';

const metricsName = 'metrics.jsonl';

/** A line is kept of every epoch and of every so many steps. */
const stepsPerLine = 20;

/** A training event of the kind that `metrics.jsonl` keeps for every epoch. */
export type EpochEvent = Extract<TrainingEvent, { kind: 'epoch' }>;

/** The open, append-only `metrics.jsonl` of a run. */
export interface MetricsLog {
  /** Appends the event, if it is of those that are kept. */
  append(event: TrainingEvent): Promise<void>;
  /** Makes everything appended durable. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a run's metrics for going on after `step`: lines of later steps, and a line that a kill
 * cut short, are dropped, so that the resumed run writes them again.
 */
export async function openMetrics(folder: string, step: number): Promise<MetricsLog> {
  const path = join(folder, metricsName);
  const file = await open(path, 'a');
  await truncate(path, await lengthUpTo(path, step));
  return {
    async append(event) {
      if (isKept(event)) await file.appendFile(`${JSON.stringify(event)}\n`);
    },
    sync: () => file.datasync(),
    close: () => file.close(),
  };
}

/** The whole lines of a run's metrics, in order; none where the run has no metrics yet. */
export async function readMetrics(folder: string): Promise<TrainingEvent[]> {
  const text = await readFile(join(folder, metricsName), 'utf8').catch(() => '');
  return linesOf(text).map((line) => JSON.parse(line) as TrainingEvent);
}

const isKept = (event: TrainingEvent): boolean =>
  event.kind === 'epoch' || event.step % stepsPerLine === 0;

const linesOf = (text: string): string[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);

async function lengthUpTo(path: string, step: number): Promise<number> {
  const lines = linesOf(await readFile(path, 'utf8'));
  const later = lines.findIndex((line) => JSON.parse(line).step > step);
  const kept = later < 0 ? lines : lines.slice(0, later);
  return kept.reduce((length, line) => length + Buffer.byteLength(line) + 1, 0);
}
