import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './atomic.ts';

const haltName = 'halt.json';
const pollMilliseconds = 250;

const haltSchema = z.object({
  kind: z.enum(['paused', 'stopped', 'failed']),
  /** Why it failed. */
  message: z.string().nullable(),
});

/**
 * Why a run stands still. Written beside a run that trains, `paused` and `stopped` ask it to save
 * a checkpoint and end: a request by file reaches a run that anybody started, and no other process.
 */
export type Halt = z.infer<typeof haltSchema>;

/** Asks a run to stand still, or says why it does. */
export async function writeHalt(folder: string, kind: Halt['kind'], message: string | null = null) {
  await writeWhole(join(folder, haltName), `${JSON.stringify({ kind, message })}\n`);
}

/** Why a run stands still; null where nothing says so, or what says so is damaged. */
export async function readHalt(folder: string): Promise<Halt | null> {
  try {
    return haltSchema.parse(JSON.parse(await readFile(join(folder, haltName), 'utf8')));
  } catch {
    return null;
  }
}

/** Lets a run go on. */
export async function clearHalt(folder: string): Promise<void> {
  await rm(join(folder, haltName), { force: true });
}

/** A watch on a run's folder; its signal aborts when the run is asked to stand still. */
export interface HaltWatch {
  signal: AbortSignal;
  stop(): void;
}

/** Watches for somebody who asks the run in a folder to stand still. */
export function watchHalt(folder: string): HaltWatch {
  const controller = new AbortController();
  const timer = setInterval(async () => {
    const halt = await readHalt(folder);
    if (halt && halt.kind !== 'failed') controller.abort();
  }, pollMilliseconds);
  timer.unref();
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}
