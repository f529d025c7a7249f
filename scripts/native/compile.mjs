// Compiles the native machine: an object an instruction set and one a file of the machine, side by
// side, and links them into `shakelab.node`.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { stderr } from 'node:process';
import * as definition from './definition.mjs';

const require = createRequire(import.meta.url);

/**
 * What to build: `compiler` is a command in words, `kernelCompiler` another one for the kernels, `flags`
 * are added to every call, `link` to the linker's. `folder` gets the objects and the addon.
 *
 * @returns the addon's path
 * @throws Error where the compiler fails, with what it said
 */
export async function compile(build) {
  const { compiler, platform, folder, flags = [], link = [] } = build;
  mkdirSync(folder, { recursive: true });
  const jobs = [...kernelJobs(build), ...machineJobs(build)];
  const stale = jobs.filter(({ object, sources }) => isOlder(object, sources));
  await inTurns(stale, ({ by, source, object, own }) =>
    run(by, [...own, ...flags, '-c', source, '-o', object]),
  );
  const addon = join(folder, 'shakelab.node');
  if (!isOlder(addon, 'native')) return addon;
  const objects = jobs.map(({ object }) => object);
  await run(compiler, [...objects, ...linkFlags[platform], ...flags, ...link, '-o', addon]);
  return addon;
}

const linkFlags = {
  linux: ['-shared', '-pthread'],
  darwin: ['-shared', '-Wl,-undefined,dynamic_lookup'],
  win32: ['-shared'],
};

const commonFlags = (platform) => [
  ...definition.commonFlags,
  ...(platform === 'win32' ? [] : ['-fPIC']),
];

/** The compiler's calls for the kernels; `sources` is where what they read lies. */
function kernelJobs({ compiler, kernelCompiler: by = compiler, platform, arch, folder }) {
  const common = [...commonFlags(platform), ...definition.kernelFlags];
  return definition.instructionSets[arch].flatMap((set) =>
    definition.kernelSources.map((source) => ({
      by,
      source,
      sources: 'native/kernels',
      object: join(folder, `${basename(source, '.cc')}_${set.name}.o`),
      own: [
        ...[...common, ...definition.cpuFlags(by, set), ...set.flags],
        ...[`-DSHAKELAB_ISA_NAMESPACE=${set.name}`, `-DSHAKELAB_LANES=${set.lanes}`],
      ],
    })),
  );
}

/** Those for all else. */
function machineJobs({ compiler, platform, folder }) {
  return definition.machineSources.map((source) => ({
    by: compiler,
    source,
    sources: 'native',
    object: join(folder, `${basename(source, '.cc')}.o`),
    own: [...commonFlags(platform), ...definition.machineFlags, ...includes()],
  }));
}

/** Node's own headers for addons, and their C++ side. */
const includes = () => [
  `-I${require('node-api-headers').include_dir}`,
  `-I${require('node-addon-api').include_dir}`,
];

/** Whether a built file is missing, or older than any of its sources or than this definition. */
function isOlder(built, sources) {
  const written = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return [sources, 'scripts/native'].some((root) =>
    readdirSync(root, { recursive: true }).some(
      (name) => /\.(cc|h|mjs)$/.test(name) && statSync(join(root, name)).mtimeMs > written,
    ),
  );
}

/** Does jobs side by side, as many as there are processors. */
async function inTurns(jobs, work) {
  const left = [...jobs];
  const worker = async () => {
    for (let job = left.shift(); job; job = left.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** Runs the compiler; what it warns of is shown. */
function run([program, ...own], args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...own, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => {
      if (status !== 0) return reject(new Error(`${program} ${args.join(' ')}\n${said}`));
      stderr.write(said);
      resolve();
    });
  });
}
