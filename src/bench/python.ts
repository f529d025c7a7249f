import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { checkoutFile, runChild } from '../processes/children.ts';

/** A Python that has what a peer needs. */
export interface Python {
  python: string;
  /** Of what it has. */
  version: string;
}

/** A script of the benchmark's peers, which only a checkout has. */
export const peerScript = (name: string): string => checkoutFile('bench', 'peers', name);

/** Python that prints the version of a module. */
export const versionOf = (module: string): string =>
  `import ${module}; print(${module}.__version__)`;

/**
 * Looks for a Python that can answer: `$SHAKELAB_PYTHON` alone if set, else the usual ones.
 *
 * @param question Python that prints a version, or fails
 * @param script of the peer; where it is not there, neither is the peer
 */
export async function findPython(
  question: string,
  script: string,
  signal?: AbortSignal,
): Promise<Python | null> {
  if (!existsSync(script)) return null;
  const candidates = env.SHAKELAB_PYTHON ? [env.SHAKELAB_PYTHON] : ['python3', '/usr/bin/python3'];
  for (const python of candidates) {
    const version = await runChild(python, ['-c', question], signal).catch(() => null);
    signal?.throwIfAborted();
    if (version) return { python, version: version.trim() };
  }
  return null;
}
