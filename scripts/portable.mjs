// `npm run test:portable`: whether the kernels compile, without a warning, for the machines and by
// the compilers that this one does not build them for. It says nothing about what they compute.
import { spawnSync } from 'node:child_process';
import { exit } from 'node:process';
import { kernelSources } from './native/definition.mjs';

const clang = { compiler: 'clang++-16', package: 'clang-16' };

const targets = [
  {
    name: 'arm64 (NEON)',
    compiler: 'aarch64-linux-gnu-g++',
    package: 'g++-aarch64-linux-gnu',
    lanes: 4,
    flags: [],
  },
  {
    name: 'WebAssembly SIMD',
    ...clang,
    lanes: 4,
    flags: ['--target=wasm32-unknown-unknown', '-ffreestanding', '-nostdlib', '-msimd128'],
  },
  { name: 'AVX-512, by clang', ...clang, lanes: 16, flags: ['-march=x86-64-v4'] },
  { name: 'AVX2, by clang', ...clang, lanes: 8, flags: ['-march=x86-64-v3'] },
];

const common = ['-std=c++20', '-O1', '-fno-exceptions', '-fno-rtti', '-Wall', '-Wextra', '-Werror'];

function compiles({ name, compiler, package: debian, lanes, flags }) {
  if (spawnSync(compiler, ['--version']).error) {
    console.log(
      `${name}: skipped, ${compiler} is missing; Debian, Ubuntu: apt-get install ${debian}`,
    );
    return true;
  }
  const defines = ['-DSHAKELAB_ISA_NAMESPACE=portable', `-DSHAKELAB_LANES=${lanes}`];
  const served = kernelSources.every((source) => {
    const all = [...common, ...flags, ...defines, '-c', source, '-o', '/dev/null'];
    return spawnSync(compiler, all, { stdio: 'inherit' }).status === 0;
  });
  console.log(`${name}: ${served ? 'compiles' : 'does not compile'}`);
  return served;
}

exit(targets.map(compiles).every(Boolean) ? 0 : 1);
