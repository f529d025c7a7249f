import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { arch, platform, report } from 'node:process';
import { packageFolder } from './package.ts';

/**
 * The name of this platform among the folders of `prebuilds/`: `linux-x64-glibc`, `darwin-arm64`.
 * Node's report knows the glibc that it was loaded with; a Node on musl has none.
 */
export function prebuiltTarget(): string {
  if (platform !== 'linux') return `${platform}-${arch}`;
  // Looking up the names of open connections' hosts would take its time.
  Object.assign(report, { excludeNetwork: true });
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  return `${platform}-${arch}-${header.glibcVersionRuntime ? 'glibc' : 'musl'}`;
}

/** The platforms that this package has been built for, by name. */
export function prebuiltTargets(): string[] {
  try {
    return readdirSync(join(packageFolder, 'prebuilds')).sort();
  } catch {
    return [];
  }
}
