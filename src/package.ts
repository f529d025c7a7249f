import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, from the sources and from the built files alike. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The version in this package's own package.json. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}
