import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { checkoutFile, runChild } from '../processes/children.ts';

/** A Python that has some module. */
export interface Python {
  python: string;
  /** Of the module. */
  version: string;
}

/** A script of the benchmark's peers, which only a checkout has. */
export const peerScript = (name: string): string => checkoutFile('bench', 'peers', name);

/** Looks for a Python with a module: `$SHAKELAB_PYTHON` alone if set, else the usual ones. */
export async function findPython(
  module: string,
  script: string,
  signal?: AbortSignal,
): Promise<Python | null> {
  if (!existsSync(script)) return null;
  const candidates = env.SHAKELAB_PYTHON ? [env.SHAKELAB_PYTHON] : ['python3', '/usr/bin/python3'];
  const question = `import ${module}; print(${module}.__version__)`;
  for (const python of candidates) {
    const version = await runChild(python, ['-c', question], signal).catch(() => null);
    signal?.throwIfAborted();
    if (version) return { python, version: version.trim() };
  }
  return null;
}
