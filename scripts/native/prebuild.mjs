// `npm run prebuilds`: the native machine of every target that the package ships, each in
// `prebuilds/TARGET/shakelab.node`, all by zig from any machine; `npm run prebuilds -- TARGET …` some.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { argv, chdir, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { targets } from './definition.mjs';
import { findZig } from './zig.mjs';

const require = createRequire(import.meta.url);

/** Libraries of the C++ compiler are linked in; nothing but the door to Node is seen from outside. */
const linkFlags = {
  linux: ['-s', '-Wl,-z,now'],
  darwin: ['-s'],
  win32: ['-s'],
};

/** Builds one target. */
async function prebuild(name, zig) {
  const [platform, arch] = name.split('-');
  const folder = join('build', 'prebuild', name);
  mkdirSync(folder, { recursive: true });
  const node = platform === 'win32' ? [nodeLibrary(zig, arch, folder)] : [];
  const { zig: triple, kernels } = targets[name];
  const kernelCompiler = kernels && [kernels];
  const compiler = [...zig, 'c++', '-target', triple];
  const link = [...linkFlags[platform], ...node];
  keep(name, await compile({ compiler, kernelCompiler, platform, arch, folder, link }));
}

/** What the linker knows Node's functions by on Windows, made of the lists that Node publishes. */
function nodeLibrary(zig, arch, folder) {
  const { js_native_api_def: language, node_api_def: node } = require('node-api-headers').def_paths;
  const [definition, library] = ['node.def', 'node.lib'].map((name) => join(folder, name));
  const exports = readFileSync(language, 'utf8').split('EXPORTS')[1];
  writeFileSync(definition, `${readFileSync(node, 'utf8').trimEnd()}${exports}`);
  const machine = { x64: 'i386:x86-64', arm64: 'arm64' }[arch];
  execFileSync(zig[0], [
    ...zig.slice(1),
    'dlltool',
    '-d',
    definition,
    '-l',
    library,
    '-m',
    machine,
  ]);
  return library;
}

/** Puts an addon where the package ships it. */
function keep(name, addon) {
  const kept = join('prebuilds', name, 'shakelab.node');
  mkdirSync(dirname(kept), { recursive: true });
  copyFileSync(addon, kept);
  console.log(`${kept}: ${(statSync(kept).size / 1024).toFixed(0)} KB`);
}

chdir(fileURLToPath(new URL('../..', import.meta.url)));
const asked = argv.slice(2);
const unknown = asked.find((name) => !(name in targets));
if (unknown) {
  console.error(`${unknown}: no target; there are ${Object.keys(targets).join(', ')}`);
  exit(2);
}
const zig = findZig();
if (!zig) {
  console.error('prebuild: no zig; pip install ziglang brings it, or ZIG names it');
  exit(1);
}
for (const name of asked.length > 0 ? asked : Object.keys(targets)) await prebuild(name, zig);
