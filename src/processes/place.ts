import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isAlive, ownProcess, type ProcessIdentity } from './living.ts';

/** A process among those of all hosts. What a system does not tell is null. */
export interface Place extends ProcessIdentity {
  /** The host's name, as people call it. */
  host: string;
  /** Tells hosts of the same name apart. */
  machine: string | null;
  /** Which start of the host. */
  boot: string | null;
  /** In which numbering of processes: containers have their own. */
  namespace: string | null;
}

/** What can be said of a process from elsewhere: `unknown` where only its beats can tell. */
export type Fate = 'lives' | 'over' | 'unknown';

/** Where this process is. */
export const ownPlace = (): Place => ({
  host: hostname(),
  machine: machineOf(told(() => readFileSync('/etc/machine-id', 'utf8'))),
  boot: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
  namespace: told(() => readlinkSync('/proc/self/ns/pid')),
  ...ownProcess(),
});

/** Whether a process still lives, seen from `here`. */
export function fateOf(there: Place, here: Place): Fate {
  if (there.host !== here.host || there.machine !== here.machine) return 'unknown';
  if (there.boot !== here.boot) return 'over';
  if (there.namespace !== here.namespace) return 'unknown';
  return isAlive(there) ? 'lives' : 'over';
}

function told(ask: () => string): string | null {
  try {
    return ask().trim() || null;
  } catch {
    return null;
  }
}

/** The id itself is not to be shown to others (machine-id(5)). */
const machineOf = (id: string | null): string | null =>
  id && createHash('sha256').update(`shakelab ${id}`).digest('hex').slice(0, 16);
