import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fateOf, ownPlace } from '../processes/place.ts';
import { longestSilence } from './lease.ts';
import { beatOf, hasEnded, leasePath, leasesName, newestOf, readLease } from './leaseFiles.ts';
import { isLocked, lockFile } from './lock.ts';

/** When this process first saw the newest beat of a lease, by its own clock in milliseconds. */
interface Sighting {
  beat: string;
  at: number;
}

const sightings = new Map<string, Sighting>();

/**
 * The host on which a process trains in a folder; null where none does. Of another host or container
 * only beats tell: a holder lives until it was silent for too long, seen from here.
 */
export async function trainingHost(folder: string, here = ownPlace()): Promise<string | null> {
  try {
    const number = await newestOf(folder);
    const over = number === undefined || (await hasEnded(folder, number));
    const holder = over ? null : await readLease(folder, number);
    if (number !== undefined && holder) {
      const fate = fateOf({ started: undefined, ...holder }, here);
      if (fate === 'lives' || (fate === 'unknown' && (await beats(folder, number)))) {
        return holder.host;
      }
    }
  } catch {}
  return (await isLocked(folder)) ? here.host : null;
}

/** Whether anything says that somebody holds a folder, or held it. */
export const isHeld = (folder: string): boolean =>
  existsSync(join(folder, leasesName)) || existsSync(join(folder, lockFile));

/** Whether a living process trains in a folder. */
export const isTraining = async (folder: string): Promise<boolean> =>
  (await trainingHost(folder)) !== null;

async function beats(folder: string, number: number): Promise<boolean> {
  const beat = `${number} ${await beatOf(folder, number)}`;
  const seen = sightings.get(folder);
  const now = performance.now();
  if (seen?.beat === beat) return now - seen.at < longestSilence() * 1000;
  // Clocks of hosts may differ: the age of a beat counts only where no earlier one was seen.
  const age = seen ? 0 : ((await ageOf(leasePath(folder, number, 'beat'))) ?? 0);
  sightings.set(folder, { beat, at: now - 1000 * age });
  return age < longestSilence();
}

/** Who holds a folder, or held it last, as far as one look tells. */
export interface Holder {
  host: string;
  /** The scheduler's number of the job. */
  job: string | null;
  /** Whether it works there now: of other hosts by the age of its beat. */
  lives: boolean;
  /** Seconds since its newest beat, by the clocks of the file system and of this host. */
  beatAge: number | null;
}

/** The newest holder of a folder; null where there was none, or its lease cannot be read. */
export async function holderOf(folder: string, here = ownPlace()): Promise<Holder | null> {
  const number = await newestOf(folder).catch(() => undefined);
  const lease = number === undefined ? null : await readLease(folder, number).catch(() => null);
  if (number === undefined || !lease) return null;
  const beatAge = await ageOf(leasePath(folder, number, 'beat'));
  const fate = fateOf({ started: undefined, ...lease }, here);
  const beating = fate === 'unknown' && (beatAge ?? 0) < longestSilence();
  const lives = (fate === 'lives' || beating) && !(await hasEnded(folder, number));
  return { host: lease.host, job: lease.job, lives, beatAge };
}

const ageOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ mtimeMs }) => Math.max(0, (Date.now() - mtimeMs) / 1000),
    () => null,
  );
