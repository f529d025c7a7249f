// Run after `npm install` where the registry serves only its own platform's binaries: npm leaves
// the other platforms' optional packages out of package-lock.json, and `npm ci` then refuses the
// lock. This adds them, at the one version their parent names, for npm to fetch where they fit.
import { readFileSync, writeFileSync } from 'node:fs';

const path = 'package-lock.json';
const platform =
  /-(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>[a-z0-9]+)(-(?<abi>[a-z]+))?$/;

/** What the lock says of a platform's package, as far as its name and its parent tell. */
function entry(name, version, parent) {
  const found = platform.exec(name);
  if (!found) throw new Error(`${name}: its name does not end in a platform; add it by hand`);
  const { os, cpu, abi = '' } = found.groups;
  const libc = abi.startsWith('musl') ? 'musl' : 'glibc';
  return {
    version,
    cpu: [cpu],
    ...(parent.dev && { dev: true }),
    ...(os === 'linux' && abi && { libc: [libc] }),
    optional: true,
    os: [os],
  };
}

/** The optional packages that one locked package names and the lock lacks. */
function missingEntries(parent, packages) {
  return Object.entries(parent.optionalDependencies ?? {})
    .filter(([name]) => !(`node_modules/${name}` in packages))
    .map(([name, version]) => [`node_modules/${name}`, entry(name, version, parent)]);
}

const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = Object.values(lock.packages).flatMap((parent) =>
  missingEntries(parent, lock.packages),
);
const packages = Object.entries(lock.packages).concat(added);
lock.packages = Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${path}: ${added.length} packages of other platforms added`);
