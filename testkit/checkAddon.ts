import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const addon = `build/${process.env.SHAKELAB_BUILD ?? 'Release'}/shakelab.node`;

function lastChange(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestSource(): number {
  const names = readdirSync('native', { recursive: true, encoding: 'utf8' });
  return Math.max(...names.map((name) => join('native', name)).map(lastChange));
}

/** vitest's global setup: builds nothing, but says when the tests would run without their kernels. */
export function setup(): void {
  if (lastChange(addon) >= newestSource()) return;
  console.warn(`${addon} is missing or older than native/; build it with: npm run install\n`);
}
