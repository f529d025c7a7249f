import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExplainedError, option, RequestError } from '../errors.ts';
import { makeFolder } from '../files/folders.ts';
import { explain } from '../files/refusals.ts';
import { fateOf, ownPlace, type Place } from '../processes/place.ts';
import {
  beatOf,
  createLease,
  hasEnded,
  type LeaseRecord,
  leasesName,
  lookAnew,
  newestOf,
  pruneLeases,
  readLease,
  writePart,
} from './leaseFiles.ts';
import { lockFile, lockHolder, removeLock, writeLock } from './lock.ts';

/** How a folder is claimed. */
export interface ClaimOptions {
  /**
   * Seconds without a beat after which a holder on another host or in another container is taken for
   * dead; `SHAKELAB_SILENCE`, or 60, by default.
   */
  silenceSeconds?: number;
  /** Aborted, it ends the waiting for a silent holder. */
  signal?: AbortSignal;
  /** Where the claiming process is; tests have others. */
  here?: Place;
}

/** What the user should know while a folder is claimed. */
export interface ClaimNote {
  kind: 'note';
  text: string;
}

/** A folder that this process holds. */
export interface Lease {
  /** Is asked before anything is written. @throws SupersededError where another process holds it */
  check(): Promise<void>;
  /** @param at where the folder is by now; where it was claimed when left out */
  release(at?: string): Promise<void>;
}

/** This process was silent for so long that another one holds its folder; it may write no more. */
export class SupersededError extends ExplainedError {
  override readonly name = 'SupersededError';
}

/** Beats are at most so many seconds apart. */
const longestBeat = 5;
/** A holder is never taken for dead before it has missed so many. */
const missedBeats = 3;

/**
 * Seconds of silence after which a holder is taken for dead: as told, else by the environment, which called
 * them patience before that word was of epochs alone.
 *
 * @throws RequestError where they are no number above 0
 */
export function longestSilence(told?: number): number {
  const { SHAKELAB_SILENCE, SHAKELAB_PATIENCE } = process.env;
  const asked = told ?? (SHAKELAB_SILENCE || SHAKELAB_PATIENCE || 60);
  const seconds = Number(asked);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  const subject = told === undefined ? 'SHAKELAB_SILENCE' : option('silenceSeconds');
  throw new RequestError(`${subject} ${asked}: must be a number of seconds above 0; 60 is usual`);
}

/**
 * Claims a folder for this process, creating it where it is missing, by a lease of the next number:
 * whoever makes the file first holds the folder, whatever the host. A holder that has died is
 * followed at once where this host can tell, else once it was silent for `silenceSeconds`.
 *
 * @returns the lease; nothing where `signal` was aborted first
 * @throws RequestError where another living process holds the folder, or nothing can be written
 */
export async function* claimFolder(
  folder: string,
  options: ClaimOptions = {},
): AsyncGenerator<ClaimNote, Lease | undefined> {
  const silenceSeconds = longestSilence(options.silenceSeconds);
  const { here = ownPlace(), signal } = options;
  const beatSeconds = Math.min(longestBeat, silenceSeconds / missedBeats / 2);
  await changing(folder, () => makeFolder(join(folder, leasesName)));
  for (let taken = 0; ; ) {
    taken = Math.max(taken, (await newestOf(folder)) ?? 0);
    const before = taken > 0 ? await readLease(folder, taken) : undefined;
    if (before === null) continue;
    const waiting = { silenceSeconds, signal, here };
    if (before && !(yield* outlast(folder, taken, before, waiting))) return undefined;
    await refuseLocked(folder, before);
    taken++;
    const made = await changing(folder, () => createLease(folder, taken, here, beatSeconds));
    if (!made || !(await changing(folder, () => isNewest(folder, taken)))) continue;
    const lease = hold(folder, taken, beatSeconds);
    const locked = await changing(folder, () => writeLock(folder, before)).catch(async (error) => {
      await lease.release();
      throw error;
    });
    if (locked) return lease;
    await lease.release();
  }
}

/** A number that was free because its lease had been pruned is no claim: it is given back. */
async function isNewest(folder: string, number: number): Promise<boolean> {
  if (((await newestOf(folder)) ?? 0) <= number) return true;
  await writePart(folder, number, 'ended', new Date().toISOString());
  return false;
}

/** Changes a folder's content; where the system refuses, the user chose a wrong folder. */
async function changing<T>(folder: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const reason = explain(error as NodeJS.ErrnoException);
    throw new RequestError(`${option('folder')} ${folder}: ${reason}, or choose another folder`);
  }
}

/** Waits until the holder of a lease is surely over; returns false where that was broken off. */
async function* outlast(
  folder: string,
  number: number,
  holder: LeaseRecord,
  { silenceSeconds, signal, here }: { silenceSeconds: number; signal?: AbortSignal; here: Place },
): AsyncGenerator<ClaimNote, boolean> {
  if (await hasEnded(folder, number)) return true;
  const fate = fateOf({ started: undefined, ...holder }, here);
  if (fate === 'lives') throw heldBy(folder, holder);
  if (fate === 'over') return true;
  const seconds = Math.max(silenceSeconds, missedBeats * holder.beatSeconds);
  const wait = `waiting up to ${seconds} s for a sign of life, then going on in its place`;
  yield { kind: 'note', text: `${folder}: held by ${nameOf(holder)}; ${wait}` };
  const before = await beatOf(folder, number);
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    await sleep(Math.min(500, seconds * 100), undefined, { signal }).catch(() => {});
    if (signal?.aborted) return false;
    await lookAnew(folder);
    if (await hasEnded(folder, number)) return true;
    if ((await beatOf(folder, number)) !== before) throw heldBy(folder, holder);
  }
  return true;
}

const nameOf = ({ pid, host, since, job }: LeaseRecord): string =>
  `process ${pid} on ${host}${job ? ` (job ${job})` : ''} since ${since}`;

const heldBy = (folder: string, holder: LeaseRecord): RequestError =>
  new RequestError(
    `${folder}: ${nameOf(holder)} is training there; wait for it, or end it, which saves its work`,
  );

/** @throws RequestError where a living process of an earlier release holds the folder */
async function refuseLocked(folder: string, before?: LeaseRecord): Promise<void> {
  const holder = await lockHolder(folder, before);
  if (!holder) return;
  const path = join(folder, lockFile);
  const remedy = `wait for it; if that process is no training, remove ${path}`;
  throw new RequestError(`${folder}: process ${holder.pid} is training there; ${remedy}`);
}

/** Beats until it is released. */
function hold(folder: string, number: number, beatSeconds: number): Lease {
  const write = (part: 'beat' | 'ended', content: string, at = folder): Promise<void> =>
    writePart(at, number, part, content).catch(() => {});
  let beats = 0;
  let writing: Promise<void> | undefined;
  const beat = (): void => {
    writing ??= write('beat', String(++beats)).finally(() => {
      writing = undefined;
    });
  };
  beat();
  const timer = setInterval(beat, beatSeconds * 1000);
  timer.unref();
  return {
    check: () => refuseSuperseded(folder, number),
    async release(at = folder) {
      clearInterval(timer);
      await writing;
      await removeLock(at);
      await write('ended', new Date().toISOString(), at);
      await pruneLeases(at).catch(() => {});
    },
  };
}

async function refuseSuperseded(folder: string, number: number): Promise<void> {
  const newest = (await newestOf(folder).catch(() => undefined)) ?? number;
  if (newest <= number) return;
  const holder = await readLease(folder, newest);
  throw new SupersededError(
    `${folder}: ${holder ? nameOf(holder) : 'another process'} has taken over, since this process gave no sign of life for long; ` +
      'it ends here and writes nothing more',
  );
}
