import { env } from 'node:process';
import { option, RequestError } from '../../errors.ts';
import { usableProcessors } from '../../processes/processors.ts';
import { hyperOrder } from '../../program/hyper.ts';
import { precisions } from '../../program/precision.ts';
import type { Program } from '../../program/program.ts';
import type { Execution, Machine, MachineOptions } from '../machine.ts';
import { type AddonExecution, loadAddon, type MachineLimits } from './addon.ts';
import type { Convolutions } from './algorithm.ts';
import { lowerNative, type NativeProgram } from './lower.ts';
import { encodeSections, SectionRunner } from './sectionRunner.ts';

export type { MachineLimits };

/**
 * The version of the kernels, which runs record: to be counted up by every change after which any
 * kernel adds in another order, rounds otherwise or takes another algorithm, on any instruction set.
 */
const kernelsVersion = 5;

/** The instruction sets that this CPU runs, best first. @throws RequestError without the addon */
export const nativeIsas = (): string[] => loadAddon().isas();

/** The native machine with its convolutions computed in one way, to compare with another. */
export const nativeWith = (convolutions: Convolutions): Machine => ({
  name: 'native',
  open: (program, options) => open(program, convolutions, options),
});

/** The instruction set that this process computes by. @throws RequestError without the addon */
export const usualIsa = (): string => env.SHAKELAB_ISA || nativeIsas()[0];

/**
 * The C++ machine: vector kernels of the CPU's best instruction set (`SHAKELAB_ISA` asks for
 * another: avx512, avx2, baseline), a pool of threads, sections run off Node's thread.
 */
export const nativeMachine: Machine = nativeWith('fastest');

function open(
  program: Program,
  convolutions: Convolutions,
  { threads = usableProcessors() }: MachineOptions = {},
): Execution {
  const lowered = lowerNative(program, { convolutions, threads });
  checkSize(lowered, program.batch);
  const { placement } = lowered;
  const opened = openAddon(lowered, program, threads);
  const hyper = new Float32Array(hyperOrder.length);
  const runner = new SectionRunner(opened, lowered, threads);
  return {
    machine: `native ${opened.isa}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    kernels: { isa: opened.isa, version: kernelsVersion },
    write(slot, values) {
      runner.changed(slot);
      opened.write(placement.get(slot)!, values);
    },
    read: async (slot, into) => opened.read(placement.get(slot)!, into),
    setImages: (images) => opened.setImages(images),
    choose: (indices, augmentations) => opened.choose(indices, augmentations),
    setHyper(values) {
      if (values.epsilon !== undefined) runner.changed();
      hyperOrder.forEach((name, index) => {
        hyper[index] = values[name] ?? hyper[index];
      });
      opened.setHyper(hyper);
    },
    run: (section, samples) => runner.run(section, samples),
    close: () => opened.close(),
  };
}

/** Offsets into the arena are 32-bit words. */
function checkSize({ arenaFloats }: NativeProgram, batch: number): void {
  if (arenaFloats < 2 ** 31) return;
  const gigabytes = (floats: number) => `${((4 * floats) / 1e9).toFixed(1)} GB`;
  throw new RequestError(
    `${option('batch')} ${batch}: the net needs ${gigabytes(arenaFloats)}, more than the ` +
      `${gigabytes(2 ** 31)} that the native machine addresses; lower ${option('batch')}`,
  );
}

function openAddon(
  lowered: NativeProgram,
  { batch, precision }: Program,
  threads: number,
): AddonExecution {
  const { Execution } = loadAddon();
  const [encoded, stored] = [encodeSections(lowered), precisions.indexOf(precision)];
  const { arenaFloats } = lowered;
  try {
    return new Execution(encoded, stored, arenaFloats, batch, threads, env.SHAKELAB_ISA ?? '');
  } catch (error) {
    throw new RequestError((error as Error).message);
  }
}

/**
 * Measures the CPU's peak and its memory's bandwidth with the instruction set that the machine
 * runs; blocks for about a second.
 */
export function measureLimits(threads: number): MachineLimits {
  const { measureLimits: measure } = loadAddon();
  try {
    return measure(threads, env.SHAKELAB_ISA ?? '');
  } catch (error) {
    throw new RequestError((error as Error).message);
  }
}
