import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { instructionSets, machineOf } from '../../../testkit/isas.ts';
import { bf16Suite, kernelSuite, sameBitsSuite } from '../../../testkit/kernelSuite.ts';
import { machineSuite } from '../../../testkit/machineSuite.ts';
import { planned } from '../../../testkit/programs.ts';
import { lowerNative } from './lower.ts';
import { nativeMachine } from './native.ts';

const { runs, lacking } = instructionSets();
const [best, ...others] = runs;

/** Fewer where every instruction costs more: under sanitizers, or emulated. */
const most = Number(process.env.SHAKELAB_KERNEL_CASES ?? 80);

machineSuite(nativeMachine);
kernelSuite(nativeMachine, { seed: 1, count: most });
sameBitsSuite(nativeMachine, { seed: 2, count: 6 });
// What float32 makes of the same programs is known already.
bf16Suite(nativeMachine, { seed: 1, count: Math.min(most, 20) });
sameBitsSuite(nativeMachine, { seed: 4, count: 3 }, 'bf16');

for (const isa of others) {
  machineSuite(machineOf(isa));
  kernelSuite(machineOf(isa), { seed: 1, count: Math.min(most, 30) });
  sameBitsSuite(machineOf(isa), { seed: 2, count: 2 });
  bf16Suite(machineOf(isa), { seed: 1, count: Math.min(most, 10) });
  sameBitsSuite(machineOf(isa), { seed: 4, count: 1 }, 'bf16');
}

test('a net too large for 32-bit offsets is refused, with its size', () => {
  const program = planned({ layout: 'preact', batch: 2 ** 17 });
  expect(() => nativeMachine.open(program)).toThrow(
    /^batch 131072: the net needs [\d.]+ GB, more than the 8.6 GB that the native machine addresses; lower batch$/,
  );
});

const sanitized = env.SHAKELAB_BUILD !== undefined;

test('a net that is only evaluated takes no memory of a training step', async ({ skip }) => {
  skip(sanitized, 'a sanitizer keeps a record of memory, and what was freed');
  const net = { net: 'resnext-26-2x16d', layout: 'preact-bn', size: 32, features: null };
  const program = planned({ ...net, batch: 32 });
  const images = new Uint8Array(32 * 32 * 32);
  const before = process.memoryUsage.rss();
  const execution = nativeMachine.open(program, { threads: 1 });
  execution.setImages(images);
  await execution.run('evaluate', 32);
  expect(process.memoryUsage.rss() - before).toBeLessThan(
    (4 * lowerNative(program).arenaFloats) / 2,
  );
  execution.close();
});

describe('transfers', () => {
  const program = planned({ layout: 'conv', batch: 16, size: 1 });

  test('what is written is read, from a slot’s beginning on', async () => {
    const execution = nativeMachine.open(program, { threads: 1 });
    const values = Float32Array.from({ length: program.features.size }, (_, i) => i - 3);
    execution.write(program.features, values);
    const found = new Float32Array(5);
    await execution.read(program.features, found);
    expect(found).toEqual(values.subarray(0, 5));
  });

  test('nothing is written or read beyond the memory', async () => {
    const execution = nativeMachine.open(program, { threads: 1 });
    const many = new Float32Array(lowerNative(program).arenaFloats + 1);
    expect(() => execution.write(program.features, many)).toThrow(RangeError);
    await expect(execution.read(program.features, many)).rejects.toThrow(RangeError);
    expect(() => execution.choose(new Int32Array(17), new Int32Array())).toThrow(RangeError);
  });

  test('an execution gives its memory back when it is closed', async ({ skip }) => {
    skip(sanitized, 'a sanitizer keeps what was freed');
    const before = process.memoryUsage.rss();
    const wide = planned({ layout: 'preact', batch: 512 });
    const execution = nativeMachine.open(wide, { threads: 1 });
    execution.setImages(new Uint8Array(28 * 28));
    await execution.run('evaluate', 512);
    const used = process.memoryUsage.rss();
    skip(used - before < 20e6, 'this system, perhaps emulated, does not tell what memory is used');
    execution.close();
    expect(used - process.memoryUsage.rss()).toBeGreaterThan(20e6);
    expect(() => execution.write(wide.affine, new Float32Array(2))).toThrow('is closed');
    execution.close();
  });
});

describe('instruction sets', () => {
  const program = planned({ layout: 'conv', batch: 16, size: 1 });

  test.each(runs)('SHAKELAB_ISA=%s is obeyed', (isa) => {
    const { machine } = machineOf(isa).open(program, { threads: 1 });
    expect(machine).toBe(`native ${isa}, 1 thread`);
  });

  test.skipIf(process.env.SHAKELAB_ISA)('the best one is the default', () => {
    expect(nativeMachine.open(program, { threads: 2 }).machine).toBe(`native ${best}, 2 threads`);
  });

  test('one that does not exist is an error that names those that do', () => {
    expect(() => machineOf('sse9').open(program)).toThrow(/SHAKELAB_ISA=sse9: must be one of .*,?/);
  });

  for (const reason of lacking) test.skip(reason, () => {});
});
