// npm's install script: compiles the native machine, in the checkout and in whatever folder the
// package is installed into. A missing tool is one line with its remedy, not a wall of build log.
import { spawnSync } from 'node:child_process';
import { arch, env, execPath, exit, platform, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';

const remedies =
  'Debian, Ubuntu: apt-get install g++ make python3; ' +
  'Fedora: dnf install gcc-c++ make python3; ' +
  'macOS: xcode-select --install; ' +
  'Windows: Visual Studio Build Tools with "C++ Clang tools for Windows", and Python 3';

const onWindows = platform === 'win32';

/** Runs a command, which may carry arguments of its own (`ccache g++`), and says if it succeeded. */
function succeeds(command, args, input) {
  const [program, ...own] = command.split(' ');
  return spawnSync(program, [...own, ...args], { input }).status === 0;
}

/** The compilers to try: the user's choice alone, or the platform's usual ones. */
function compilerCandidates() {
  if (env.CXX) return [env.CXX];
  return platform === 'darwin' ? ['clang++', 'g++'] : ['g++', 'clang++'];
}

/** The first compiler that takes C++20 and the flags of the most demanding kernels. */
function findCompiler() {
  const flags = arch === 'x64' ? ['-march=x86-64-v4'] : [];
  const args = ['-std=c++20', ...flags, '-fsyntax-only', '-x', 'c++', '-'];
  const source = '#include <concepts>\n#include <thread>\nstatic_assert(std::integral<int>);\n';
  return compilerCandidates().find((compiler) => succeeds(compiler, args, source));
}

/** On Windows node-gyp drives Visual Studio; vswhere knows whether its clang is installed. */
function hasVisualStudioClang() {
  const vswhere = `${env['ProgramFiles(x86)']}\\Microsoft Visual Studio\\Installer\\vswhere.exe`;
  const clang = 'Microsoft.VisualStudio.Component.VC.Llvm.Clang';
  const args = ['-products', '*', '-requires', clang, '-property', 'installationPath'];
  return Boolean(spawnSync(vswhere, args).stdout?.toString().trim());
}

function hasPython() {
  const chosen = [env.NODE_GYP_FORCE_PYTHON, env.npm_config_python, env.PYTHON];
  const args = ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))'];
  return [...chosen, 'python3', 'python'].some((python) => python && succeeds(python, args));
}

/** What the build needs and does not find, each as its user would name it. */
function missingTools(compiler) {
  const make = env.MAKE ?? 'make';
  const needs = onWindows
    ? [['clang for Visual Studio', hasVisualStudioClang()]]
    : [
        [`a C++20 compiler (tried ${compilerCandidates().join(', ')})`, Boolean(compiler)],
        [make, succeeds(make, ['--version'])],
      ];
  needs.push(['Python 3.8 or newer', hasPython()]);
  return needs.filter(([, found]) => !found).map(([tool]) => tool);
}

/** Runs `npm run build:native` on all cores and hands back its status and its log. */
function build(compiler) {
  const npm = env.npm_execpath ? [execPath, env.npm_execpath] : ['npm'];
  const [program, ...args] = [...npm, 'run', 'build:native'];
  return spawnSync(program, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...env, JOBS: env.JOBS ?? 'max', ...(compiler && { CXX: compiler }) },
    shell: onWindows && npm.length === 1,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
}

function fail(message) {
  stderr.write(`shakelab: ${message}\n`);
  exit(1);
}

if (arch !== 'x64' && arch !== 'arm64') fail(`no kernels for ${arch}, only for x64 and arm64`);

const compiler = onWindows ? undefined : findCompiler();
const missing = missingTools(compiler);
if (missing.length > 0) fail(`cannot find ${missing.join(' or ')}; ${remedies}`);

const { status, stdout, stderr: log } = build(compiler);
if (status !== 0) {
  stderr.write(`${stdout}${log}`);
  fail('the native machine did not compile; the log above says why');
}
