import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const addon = `build/${process.env.SHAKELAB_BUILD ?? 'Release'}/shakelab.node`;

/** When a file was last written, in milliseconds; 0 where there is none. */
export const lastChange = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Every source of the addon; its tests and notes change no kernel. */
const sources = (): string[] =>
  readdirSync('native', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(cc|h)$/.test(name))
    .map((name) => join('native', name));

/**
 * Refuses to begin where the tests would run without their kernels, or with old ones: a program whose
 * instructions have changed since kills the process that hands it to them.
 *
 * @throws Error where the addon is missing or older than its sources
 */
export function setup(): void {
  const built = lastChange(addon);
  const newer = sources().find((source) => lastChange(source) > built);
  if (!newer) return;
  const fault = built === 0 ? 'is missing' : `is older than ${newer}`;
  throw new Error(`${addon} ${fault}; build it with: npm run build:native`);
}
