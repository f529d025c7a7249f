// What must hold of a package before it is published.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { targets } from '../native/definition.mjs';

/** Licences under which a dependency may be shipped or fetched with the package. */
const allowed = new Set(
  (
    'MIT ISC 0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 BlueOak-1.0.0 Unlicense ' +
    'LGPL-3.0-or-later MPL-2.0 Zlib Python-2.0 OFL-1.1 Bitstream-Vera'
  ).split(' '),
);

/** What packages are under that only point to their licence's text. */
const read = { 'dejavu-fonts-ttf': 'Bitstream-Vera' };

/** Of licences that hold together each must be allowed, of those to choose from one. */
const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => allowed.has(one)));

/** Every package that an installation fetches, by the lock: not the development's. */
const fetched = () =>
  Object.entries(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages).filter(
    ([path, { dev, devOptional }]) => path && !dev && !devOptional,
  );

function licenceOf(path) {
  const { license, licenses } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  return (
    license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none stated'
  );
}

/** Licences of all that is installed here of what is fetched; those of other platforms are alike. */
export function checkLicences() {
  const here = fetched().filter(([path]) => existsSync(join(path, 'package.json')));
  return allow(here.map(([path]) => [path, licenceOf(path)]));
}

/** Licences of the packages whose code or fonts are built into this one, by the lists that lie beside them. */
export function checkBuiltIn() {
  const lists = ['vendor', 'studio', 'demo'].map((part) => `dist/${part}/LICENSES.md`);
  const found = lists.map((path) => [
    ...readFileSync(path, 'utf8').matchAll(/^## (\S+) - \S+ \((.+)\)$/gm),
  ]);
  const empty = lists.find((_, place) => found[place].length === 0);
  if (empty) throw new Error(`${empty}: names no package`);
  return allow(found.flat().map(([, name, licence]) => [name, read[name] ?? licence]));
}

/** How many have which licence. @throws Error where one is not allowed */
function allow(licences) {
  const counts = new Map();
  for (const [name, licence] of licences) {
    if (!isAllowed(licence))
      throw new Error(`${name}: licence ${licence} is not one of those allowed`);
    counts.set(licence, (counts.get(licence) ?? 0) + 1);
  }
  return [...counts].map(([licence, count]) => `${count} ${licence}`).join(', ');
}

/** Whether every target is prebuilt; `npm run prebuilds` builds what is missing. */
export function checkPrebuilds() {
  const missing = Object.keys(targets).filter(
    (name) => !existsSync(`prebuilds/${name}/shakelab.node`),
  );
  if (missing.length > 0) throw new Error(`not prebuilt: ${missing.join(', ')}; npm run prebuilds`);
  return `${Object.keys(targets).length} platforms`;
}

const mostPacked = 8e6;

/** What is in the tarball: nothing that makes npm run or compile, and not too much. */
export function checkTarball({ files, size, unpackedSize }) {
  const stray = files.find(({ path }) => /\.gyp$|^native\/|\.test\.|^scripts\//.test(path));
  if (stray) throw new Error(`${stray.path}: it must not be shipped`);
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const unasked = ['preinstall', 'install', 'postinstall'].find((name) => name in scripts);
  if (unasked) throw new Error(`package.json: npm would run the script ${unasked} unasked`);
  if (size > mostPacked) throw new Error(`the package has ${size} bytes, more than ${mostPacked}`);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  return `${files.length} files, ${megabytes(size)} packed, ${megabytes(unpackedSize)} unpacked`;
}

/** Whether a program that uses the package's types compiles against the packed files. */
export function checkTypes(tarball) {
  const folder = 'build/release';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules/shakelab'), { recursive: true });
  const into = ['-C', join(folder, 'node_modules/shakelab'), '--strip-components=1'];
  execFileSync('tar', ['-xzf', tarball, ...into]);
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'));
  const lines = entries.map(
    (name, index) => `export * as e${index} from 'shakelab${name.slice(1)}';`,
  );
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'user.ts'), `${lines.join('\n')}\n`);
  const manner = [
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--strict',
    '--skipLibCheck',
    '--noEmit',
  ];
  execFileSync('node_modules/.bin/tsc', ['--ignoreConfig', ...manner, join(folder, 'user.ts')], {
    stdio: 'inherit',
  });
  return `${entries.length} entries`;
}
