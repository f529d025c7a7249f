import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { RequestError } from '../errors.ts';
import { runChild, runNode } from '../processes/children.ts';
import { commitOf } from '../runs/identity.ts';

/** A checkout of this package, as a benchmark sees it: modules that run in processes of their own. */
export interface Checkout {
  /** As tables call it. */
  name: string;
  /** Runs one of its modules; returns what it printed. */
  run(module: string, args: string[], signal?: AbortSignal): Promise<string>;
}

/** The one that runs. */
export const thisCheckout: Checkout = { name: 'shakelab', run: runNode };

/**
 * Another checkout, as it is built; it may be older than this one.
 *
 * @throws RequestError where none is built there
 */
export function openCheckout(folder: string): Checkout {
  const pathOf = (module: string): string => join(resolve(folder), 'dist', `${module}.js`);
  if (!existsSync(pathOf('bench/worker'))) {
    const remedy = 'name a checkout of shakelab in which `npm ci` was run';
    throw new RequestError(`${folder}: ${pathOf('bench/worker')} is not there; ${remedy}`);
  }
  return {
    name: shortCommit(resolve(folder)) ?? basename(resolve(folder)),
    run: (module, args, signal) => runChild(execPath, [pathOf(module), ...args], signal),
  };
}

/** `a6e6ac3`, `a6e6ac3-dirty` */
const shortCommit = (folder: string): string | undefined =>
  commitOf(folder)?.replace(/^([0-9a-f]{7})[0-9a-f]*/, '$1');
