import { createHash, randomUUID } from 'node:crypto';
import { constants, copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { besideName } from '../files/beside.ts';
import { mostBytes, readText } from '../files/read.ts';
import { partial, writeWhole } from './atomic.ts';

/** Where a run is told to stand still. */
export const haltPath = (folder: string): string => join(folder, 'halt.json');
const textOf = (path: string): Promise<string> => readText(path, mostBytes.note);
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

/** Asks a run to stand still, or says why it does; no two such files are alike. */
export async function writeHalt(folder: string, kind: Halt['kind'], message: string | null = null) {
  const halt = { kind, message, id: randomUUID() };
  await writeWhole(haltPath(folder), `${JSON.stringify(halt)}\n`);
}

/** Why a run stands still; null where nothing says so, or what says so is damaged. */
export async function readHalt(folder: string): Promise<Halt | null> {
  try {
    return haltSchema.parse(JSON.parse(await textOf(haltPath(folder))));
  } catch {
    return null;
  }
}

/**
 * Names to a process what halted the run when somebody asked for it to go on. What halts it once the
 * process has begun may be a newer request, of another studio over the same folder.
 */
export const haltVariable = 'SHAKELAB_HALT_BEFORE';

/** What halts a run before it goes on, as a digest: all that `clearHalt` may take away. */
export async function haltBefore(folder: string): Promise<string> {
  return process.env[haltVariable] ?? digestOf(haltPath(folder));
}

/** What cannot be read says nothing, as where there is nothing. */
async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await textOf(path).catch(() => ''))
    .digest('hex');
}

/**
 * Lets a run go on: takes away what halted it before. A request that has come since, from somebody
 * who may have seen the run's lock, stays, whenever it comes: the file is moved aside before it is
 * looked at, and put back if it is another.
 */
export async function clearHalt(folder: string, before: string): Promise<void> {
  const path = haltPath(folder);
  const aside = besideName(path, `-cleared${partial}`);
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const isNew = (await digestOf(aside)) !== before;
  if (isNew) await copyFile(aside, path, constants.COPYFILE_EXCL).catch(ignoreTaken);
  await rm(aside, { force: true });
}

/** A request that came in the meantime stands for the one that was moved aside. */
function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** A watch on a run's folder; its signal aborts when the run is asked to stand still. */
export interface HaltWatch {
  signal: AbortSignal;
  /** Looks now, as it does every quarter of a second. */
  look(): Promise<void>;
  stop(): void;
}

/** Watches for somebody who asks the run in a folder to stand still. */
export function watchHalt(folder: string): HaltWatch {
  const controller = new AbortController();
  const look = async (): Promise<void> => {
    const halt = await readHalt(folder);
    if (halt && halt.kind !== 'failed') controller.abort();
  };
  const timer = setInterval(look, pollMilliseconds);
  timer.unref();
  return { signal: controller.signal, look, stop: () => clearInterval(timer) };
}
