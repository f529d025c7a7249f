// `npm run test:sanitize`: the kernel suite on builds of the native machine that watch themselves,
// one with AddressSanitizer and UndefinedBehaviorSanitizer, one with ThreadSanitizer. Each lies in
// a folder of its own below build/; Node itself is not instrumented, and its leaks are not ours.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { env, execPath, exit, platform } from 'node:process';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default'];
/** Instrumented, a process takes long to start: one for all. */
const oneProcess = ['--pool=threads', '--maxWorkers=1', '--no-isolate'];
const tests = ['src/machines/', 'testkit/sanitizers.test.ts'];

const builds = [
  {
    name: 'address',
    flags: '-fsanitize=address,undefined -fno-sanitize-recover=all',
    library: 'libasan.so',
    options: { ASAN_OPTIONS: 'detect_leaks=0', UBSAN_OPTIONS: 'print_stacktrace=1' },
  },
  {
    name: 'thread',
    flags: '-fsanitize=thread',
    library: 'libtsan.so',
    options: {
      TSAN_OPTIONS: 'ignore_noninstrumented_modules=1:halt_on_error=1',
      SHAKELAB_KERNEL_CASES: '24',
    },
  },
];

/** Where the compiler keeps a library, or null where it has none. */
function pathOf(library) {
  const answer = spawnSync(compiler(), [`-print-file-name=${library}`], { encoding: 'utf8' });
  const path = answer.stdout?.trim() ?? '';
  return path !== library && existsSync(path) ? path : null;
}

const compiler = () => env.CXX ?? 'g++';

/** The plain build in another folder, with more flags; -O3 would take minutes. */
function compile({ name, flags }) {
  const light = ['-O1', '-g1', '-fno-omit-frame-pointer'];
  return run(execPath, ['scripts/native/build.mjs', name, ...flags.split(' '), ...light]);
}

/** ThreadSanitizer's shadow memory needs its usual addresses, where the system lets us ask. */
const fixedAddresses = () => spawnSync('setarch', ['-R', 'true']).status === 0;

function test({ name, options }, library) {
  const node = name === 'thread' && fixedAddresses() ? ['setarch', '-R', execPath] : [execPath];
  const [program, ...args] = [...node, ...vitest, ...oneProcess, ...tests];
  return run(program, args, { ...options, LD_PRELOAD: library, SHAKELAB_BUILD: name });
}

function run(program, args, more = {}) {
  return spawnSync(program, args, { stdio: 'inherit', env: { ...env, ...more } }).status === 0;
}

/** Builds and tests one; a compiler without the sanitizer is a reason to skip, said aloud. */
function sanitize(build) {
  const library = platform === 'linux' ? pathOf(build.library) : null;
  if (library) {
    console.log(`\n${build.name}: ${build.flags}`);
    return compile(build) && test(build, library);
  }
  console.log(`${build.name}: skipped, ${compiler()} on ${platform} has no ${build.library}`);
  return true;
}

const failed = builds.filter((build) => !sanitize(build)).map(({ name }) => name);
if (failed.length > 0) console.error(`test:sanitize: failed: ${failed.join(', ')}`);
exit(failed.length > 0 ? 1 : 0);
