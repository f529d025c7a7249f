import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fateOf, ownPlace } from '../processes/place.ts';
import { settledPatience } from './lease.ts';
import { beatOf, hasEnded, leasesName, newestOf, readLease } from './leaseFiles.ts';
import { isLocked, lockFile } from './lock.ts';

/** When this process first saw the newest beat of a lease, by its own clock in milliseconds. */
interface Sighting {
  beat: string;
  at: number;
}

const sightings = new Map<string, Sighting>();

/**
 * The host on which a process trains in a folder; null where none does. Of another host or container
 * only beats tell: a holder lives until they have stood still for the patience, seen from here.
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
  if (seen?.beat === beat) return now - seen.at < settledPatience() * 1000;
  sightings.set(folder, { beat, at: now });
  return true;
}
