import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { besideName } from '../files/beside.ts';
import { type DocumentKind, documentText, parseDocument } from '../files/document.ts';
import { mostBytes, readText } from '../files/read.ts';
import { unreadable } from '../files/refusals.ts';
import { retried } from '../files/retry.ts';
import type { Place } from '../processes/place.ts';
import { discard, orDiscard, partial } from './atomic.ts';

/** The folder of a run, or of a study, that its leases are in. */
export const leasesName = 'leases';

const told = z.string().nullable();

const leaseSchema = z.object({
  ...{ host: z.string(), machine: told, boot: told, namespace: told },
  ...{ pid: z.int(), started: z.string().optional() },
  /** ISO 8601. */
  since: z.string(),
  /** Seconds between two beats. */
  beatSeconds: z.number().positive(),
  /** The scheduler's number of the job. */
  job: told,
});

/** `leases/000003.json`: who holds a folder, or held it. */
export type LeaseRecord = z.infer<typeof leaseSchema>;

const leaseKind: DocumentKind<LeaseRecord> = {
  name: 'lease',
  upgrades: [],
  schema: leaseSchema,
  remedy: 'see that nothing trains in the folder, then delete it',
};

type Part = 'json' | 'beat' | 'ended';

/** Leases of a folder that are kept when they have ended. */
const keptLeases = 8;

/** The path of a part of a lease. */
export const leasePath = (folder: string, number: number, part: Part): string =>
  join(folder, leasesName, `${String(number).padStart(6, '0')}.${part}`);

/** The numbers of a folder's leases, ascending. */
export async function leaseNumbers(folder: string): Promise<number[]> {
  const numbers = (await namesIn(folder)).map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1]));
  return numbers.filter((number) => number > 0).sort((a, b) => a - b);
}

/** The highest number; undefined where there is none. */
export const newestOf = async (folder: string): Promise<number | undefined> =>
  (await leaseNumbers(folder)).at(-1);

/** The scheduler's number of the job that this process is of, as people name it: `1234_17`; else null. */
export function jobOf(env = process.env): string | null {
  const { SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task, SLURM_JOB_ID: id } = env;
  return array !== undefined && task !== undefined ? `${array}_${task}` : (id ?? null);
}

/**
 * Makes a lease, unless there is one of this number.
 *
 * @returns whether it was made
 */
export async function createLease(
  folder: string,
  number: number,
  place: Place,
  beatSeconds: number,
): Promise<boolean> {
  const path = leasePath(folder, number, 'json');
  const beside = besideName(path, `-${randomBytes(4).toString('hex')}${partial}`);
  const since = new Date().toISOString();
  const job = jobOf();
  try {
    await writeFile(beside, documentText(leaseKind, { ...place, since, beatSeconds, job }));
    return await linked(beside, path);
  } finally {
    await discard(beside);
  }
}

/** What stands for links where the file system has none: it never overwrites either. */
const linkless = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

async function linked(beside: string, path: string): Promise<boolean> {
  try {
    await link(beside, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (linkless.includes(code)) return copied(beside, path);
    if (code !== 'EEXIST') throw error;
    // NFS may carry a request out twice: then the link that stands in the way is this one.
    return (await stat(beside)).nlink === 2;
  }
  return true;
}

async function copied(beside: string, path: string): Promise<boolean> {
  try {
    await copyFile(beside, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Reads a lease that was seen a moment ago; null where it has been pruned since.
 *
 * @throws RequestError where it is damaged or newer, or cannot be read
 */
export async function readLease(folder: string, number: number): Promise<LeaseRecord | null> {
  const path = leasePath(folder, number, 'json');
  const read = () =>
    readText(path, mostBytes.note).catch(async (error: NodeJS.ErrnoException) => {
      const isPruned = error.code === 'ENOENT' && ((await newestOf(folder)) ?? 0) > number;
      if (!isPruned) throw error;
      return null;
    });
  const text = await retried(read, true).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof RequestError ? error : new RequestError(`${path}: ${unreadable(error)}`);
  });
  return text === null ? null : parseDocument(text, leaseKind, path);
}

/** Whether a lease was given back. */
export const hasEnded = async (folder: string, number: number): Promise<boolean> =>
  (await partOf(folder, number, 'ended')) !== null;

/** The newest beat of a lease; null before the first one. */
export const beatOf = (folder: string, number: number): Promise<string | null> =>
  partOf(folder, number, 'beat');

const partOf = (folder: string, number: number, part: Part): Promise<string | null> =>
  retried(() => readText(leasePath(folder, number, part), mostBytes.note)).catch(() => null);

/** Renaming also shows this host's view of a shared folder what others have made there. */
export async function writePart(
  folder: string,
  number: number,
  part: 'beat' | 'ended',
  content: string,
): Promise<void> {
  const path = leasePath(folder, number, part);
  const beside = besideName(path, partial);
  await orDiscard(beside, async () => {
    await writeFile(beside, `${content}\n`);
    await rename(beside, path);
  });
}

/**
 * Has this host look anew at what others have made among a folder's leases: for half a minute and more, an
 * NFS client takes for absent what it did not find; making a file there itself ends that.
 */
export async function lookAnew(folder: string): Promise<void> {
  const own = besideName(join(folder, leasesName, 'look'), partial);
  await writeFile(own, '').catch(() => {});
  await discard(own);
}

/** Removes the files of leases that ended long ago, as far as the system allows. */
export async function pruneLeases(folder: string): Promise<void> {
  const numbers = await leaseNumbers(folder);
  for (const number of numbers.slice(0, -keptLeases)) {
    if (!(await hasEnded(folder, number))) continue;
    const parts = ['beat', 'json', 'ended'] as const;
    for (const part of parts) await rm(leasePath(folder, number, part), { force: true });
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  retried(() => readdir(join(folder, leasesName))).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
