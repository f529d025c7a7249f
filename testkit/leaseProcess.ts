import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownPlace, type Place } from '../src/processes/place.ts';
import { leasePath, leasesName } from '../src/runs/leaseFiles.ts';

const contender = fileURLToPath(new URL('contender.ts', import.meta.url));

/** A process of its own that claims folders. */
export interface Contender {
  child: ChildProcess;
  /** Claims a folder, after giving free the one before; returns 'held' or why not. */
  claim(folder: string): Promise<string>;
  /** What it says next without having been asked. */
  told(): Promise<string>;
}

/** Starts a process that claims folders, as if on another host where one is named. */
export function startContender(host = '', silenceSeconds = 60): Contender {
  const child = fork(contender, [host, String(silenceSeconds)], { execArgv: ['--import', 'tsx'] });
  const told = async (): Promise<string> => (await once(child, 'message'))[0];
  return {
    child,
    told,
    claim(folder) {
      const answer = told();
      child.send(folder);
      return answer;
    },
  };
}

/** Writes a lease of a process that may be anywhere, as it would lie there. */
export function writeLease(folder: string, number: number, place: Partial<Place>): void {
  mkdirSync(join(folder, leasesName), { recursive: true });
  const since = '2026-01-02T03:04:05.678Z';
  const lease = { format: 1, ...ownPlace(), ...place, since, beatSeconds: 0.05, job: null };
  writeFileSync(leasePath(folder, number, 'json'), JSON.stringify(lease));
}

/**
 * Lets processes contend for as many folders as there are rounds, each left by a holder that died.
 *
 * @returns how many held the folder in each round
 */
export async function contest(root: string, processes: number, rounds: number): Promise<number[]> {
  const contenders = Array.from({ length: processes }, () => startContender());
  try {
    const holders: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const folder = join(root, String(round));
      writeLease(folder, 1, { boot: 'an earlier one' });
      const answers = await Promise.all(contenders.map(({ claim }) => claim(folder)));
      const lost = answers.filter((answer) => /is training there/.test(answer)).length;
      holders.push(processes - lost);
    }
    return holders;
  } finally {
    for (const { child } of contenders) child.kill('SIGKILL');
  }
}
