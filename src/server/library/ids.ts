import { createHash } from 'node:crypto';

/** The opaque id of a run or study: always the same for a folder, and no way back to its path. */
export function idOf(kind: 'run' | 'study', name: string): string {
  return createHash('sha256').update(`${kind}\n${name}`).digest('base64url').slice(0, 12);
}
