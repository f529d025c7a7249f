import type { QueuedRun } from './scheduler.ts';
import { schedulerNamed } from './schedulers.ts';
import { readSubmissions } from './submissions.ts';

/** What the schedulers know of a study's runs, by the runs' numbers. */
export type StudyQueue = ReadonlyMap<number, QueuedRun>;

/**
 * Asks the schedulers that a study was submitted to what of it waits or runs.
 *
 * @param named finds a scheduler; tests have others
 */
export async function queueOf(out: string, named = schedulerNamed): Promise<StudyQueue> {
  const submissions = await readSubmissions(out);
  const names = [...new Set(submissions.map(({ scheduler }) => scheduler))];
  const asking = names.map((name) => {
    const own = submissions.filter(({ scheduler }) => scheduler === name);
    return named(name).queued(own.flatMap(({ jobs }) => jobs));
  });
  return new Map((await Promise.all(asking)).flat().map((run) => [run.index, run]));
}

/** A scheduler is asked about a study at most so often. */
const freshMilliseconds = 15_000;

/** The same for those who look again and again: what was found is taken for true for a while. */
export class QueueWatch {
  private readonly known = new Map<string, { at: number; queue: Promise<StudyQueue> }>();

  look(out: string, now = performance.now()): Promise<StudyQueue> {
    const before = this.known.get(out);
    if (before && now - before.at < freshMilliseconds) return before.queue;
    const queue = queueOf(out).catch((): StudyQueue => new Map());
    this.known.set(out, { at: now, queue });
    return queue;
  }
}
