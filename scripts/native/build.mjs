// `npm run build:native`: compiles the native machine of a checkout, for this machine. Where no
// compiler is found, what is prebuilt serves, if it is there. A missing compiler is one line with
// its remedy, not a wall of build log.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { arch, argv, chdir, env, exit, platform, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.mjs';
import { cpuFlags, instructionSets } from './definition.mjs';
import { findZig } from './zig.mjs';

const remedies =
  'Debian, Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++; ' +
  'macOS: xcode-select --install; Windows and elsewhere: pip install ziglang';

/** The compilers to try, each a command in words: the user's choice alone, or the usual ones. */
function compilerCandidates() {
  if (env.CXX) return [env.CXX.split(' ')];
  const usual = platform === 'darwin' ? [['clang++'], ['g++']] : [['g++'], ['clang++']];
  const zig = findZig();
  // Windows' own compiler lacks the vector extensions that the kernels are written in.
  return [...(platform === 'win32' ? [] : usual), ...(zig ? [[...zig, 'c++']] : [])];
}

/** Whether a compiler takes C++20 and the flags of the most demanding kernels. */
function serves(compiler) {
  const [program, ...own] = compiler;
  const flags = ['-std=c++20', ...cpuFlags(compiler, instructionSets[arch][0])];
  const probe = ['-fsyntax-only', 'scripts/native/probe.cc'];
  return spawnSync(program, [...own, ...flags, ...probe]).status === 0;
}

const prebuilt = () => {
  const mine = existsSync('prebuilds') ? readdirSync('prebuilds') : [];
  return mine.find((name) => name.startsWith(`${platform}-${arch}`));
};

function fail(message) {
  stderr.write(`shakelab: ${message}\n`);
  exit(1);
}

chdir(fileURLToPath(new URL('../..', import.meta.url)));
if (!(arch in instructionSets)) fail(`no kernels for ${arch}, only for x64 and arm64`);

const candidates = compilerCandidates();
const compiler = candidates.find(serves);
if (compiler) {
  const [name = 'Release', ...flags] = argv.slice(2);
  await compile({ compiler, platform, arch, folder: `build/${name}`, flags }).catch((error) => {
    stderr.write(`${error.message}\n`);
    fail('the native machine did not compile; the log above says why');
  });
} else {
  const tried = candidates.map((words) => words.join(' ')).join(', ') || 'zig';
  const missing = `cannot find a C++20 compiler (tried ${tried})`;
  if (!prebuilt()) fail(`${missing}; ${remedies}`);
  stderr.write(`shakelab: ${missing}; prebuilds/${prebuilt()} serves\n`);
}
