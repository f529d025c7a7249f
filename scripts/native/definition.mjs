// What the native machine is built of and for: sources, instruction sets, flags, targets. Checkouts,
// prebuilt binaries and the sanitizers' builds all read this.

/**
 * The instruction sets of an architecture, best first: the namespace its kernels live in, the float
 * lanes of its vector registers, the least CPU that has it (none: any of the architecture).
 */
export const instructionSets = {
  x64: [
    { name: 'avx512', lanes: 16, cpu: 'x86-64-v4', flags: ['-mprefer-vector-width=512'] },
    { name: 'avx2', lanes: 8, cpu: 'x86-64-v3', flags: [] },
    { name: 'baseline', lanes: 4, cpu: 'x86-64-v2', flags: [] },
  ],
  arm64: [{ name: 'neon', lanes: 4, flags: [] }],
};

/** How a compiler is told the CPU; zig spells flag and CPU in its own way. */
export function cpuFlags(compiler, { cpu }) {
  if (!cpu) return [];
  const isZig = compiler.some((word) => /(^|\W)zig/.test(word));
  return [isZig ? `-mcpu=${cpu.replaceAll('-', '_')}` : `-march=${cpu}`];
}

/** Of each instruction set: all its kernels, for each precision that activations are stored in. */
export const kernelSources = ['native/kernels/float32.cc', 'native/kernels/bf16.cc'];
export const kernelFlags = [
  '-O3',
  '-fno-exceptions',
  '-fno-rtti',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-fomit-frame-pointer',
  // -std=c++20 alone keeps g++ from fusing a multiplication with an addition.
  '-ffp-contract=fast',
];

export const machineSources = [
  ...['interpolate', 'shrink'].map((name) => `native/data/${name}.cc`),
  ...['addon', 'cpu', 'interpreter', 'limits', 'threadpool'].map(
    (name) => `native/machine/${name}.cc`,
  ),
];
export const machineFlags = [
  '-O3',
  '-pthread',
  '-DNAPI_CPP_EXCEPTIONS',
  '-DNAPI_VERSION=8',
  // Readers of data have the bits of their twins in TypeScript, where nothing is fused.
  '-ffp-contract=off',
];

export const commonFlags = ['-std=c++20', '-Wall', '-Wextra', '-fvisibility=hidden'];

/**
 * What is prebuilt, under the names that the loader looks for: all by zig, under its names for them;
 * the kernels for Linux by g++, whose loops are a fifth faster and have the bits of a checkout's.
 * glibc 2.28 is that of RHEL 8 and Debian 10.
 */
export const targets = {
  'linux-x64-glibc': { zig: 'x86_64-linux-gnu.2.28', kernels: 'x86_64-linux-gnu-g++' },
  'linux-x64-musl': { zig: 'x86_64-linux-musl', kernels: 'x86_64-linux-gnu-g++' },
  'linux-arm64-glibc': { zig: 'aarch64-linux-gnu.2.28', kernels: 'aarch64-linux-gnu-g++' },
  'linux-arm64-musl': { zig: 'aarch64-linux-musl', kernels: 'aarch64-linux-gnu-g++' },
  'darwin-x64': { zig: 'x86_64-macos.11.0' },
  'darwin-arm64': { zig: 'aarch64-macos.11.0' },
  'win32-x64': { zig: 'x86_64-windows-gnu' },
  'win32-arm64': { zig: 'aarch64-windows-gnu' },
};
