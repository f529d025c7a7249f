// `npm run test:emulate`: a small grid of the kernel suite, and images made smaller, on CPUs that lack this one's vector
// instructions, emulated by qemu. One process holds it all, since qemu does not follow children.
import { spawnSync } from 'node:child_process';
import { arch, env, execPath, exit, platform } from 'node:process';

const emulator = 'qemu-x86_64';

/** CPUs by qemu's names, without what its code generator lacks and would warn of. */
const cpus = {
  'Haswell (AVX2)': 'Haswell-noTSX,-pcid,-x2apic,-tsc-deadline,-invpcid',
  'Nehalem (baseline)': 'Nehalem',
};

const tests = ['src/machines/native/native.test.ts', 'src/data/image/resample.test.ts'];
const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...tests];
const oneProcess = ['--pool=threads', '--maxWorkers=1', '--no-isolate'];
const manner = ['--reporter=default', '--testTimeout=600000'];
const smallGrid = { SHAKELAB_KERNEL_CASES: '8' };

function emulate([name, cpu]) {
  console.log(`\n${name}, emulated`);
  const args = ['-cpu', cpu, execPath, ...vitest, ...oneProcess, ...manner];
  return (
    spawnSync(emulator, args, { stdio: 'inherit', env: { ...env, ...smallGrid } }).status === 0
  );
}

function reasonToSkip() {
  if (platform !== 'linux' || arch !== 'x64')
    return `it needs Linux on x64, not ${platform} ${arch}`;
  const found = spawnSync(emulator, ['--version']).status === 0;
  return found ? null : `${emulator} is missing; Debian, Ubuntu: apt-get install qemu-user`;
}

const reason = reasonToSkip();
if (reason) {
  console.log(`test:emulate: skipped, ${reason}`);
  exit(0);
}
const failed = Object.entries(cpus).filter((cpu) => !emulate(cpu));
for (const [name] of failed) console.error(`test:emulate: failed on ${name}`);
exit(failed.length > 0 ? 1 : 0);
