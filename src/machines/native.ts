import { availableParallelism } from 'node:os';
import { env } from 'node:process';
import { RequestError } from '../errors.ts';
import { encodeSection } from '../program/encode.ts';
import { hyperOrder } from '../program/hyper.ts';
import { sectionNames } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';
import { type AddonExecution, loadAddon, type MachineLimits } from './addon.ts';
import type { Execution, Machine, MachineOptions } from './machine.ts';

export type { MachineLimits };

/**
 * The C++ machine: vector kernels of the CPU's best instruction set (`SHAKELAB_ISA` asks for
 * another: avx512, avx2, baseline), a pool of threads, sections run off Node's thread.
 */
export const nativeMachine: Machine = { name: 'native', open };

function open(
  program: Program,
  { threads = availableParallelism() }: MachineOptions = {},
): Execution {
  checkSize(program);
  const sections = sectionNames.map((name) =>
    encodeSection(program.sections[name], program.placement),
  );
  const opened = openAddon(sections, program, threads);
  const { arena } = opened;
  const hyper = new Float32Array(opened.hyper);
  return {
    machine: `native ${opened.isa}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    values: (slot) => new Float32Array(arena, 4 * program.placement.get(slot)!, slot.size),
    indices: new Int32Array(opened.indices),
    augmentations: new Int32Array(opened.augmentations),
    setImages: (images) => opened.setImages(images),
    setHyper(values) {
      hyperOrder.forEach((name, index) => {
        hyper[index] = values[name] ?? hyper[index];
      });
    },
    run: (section, samples) => opened.run(sectionNames.indexOf(section), samples),
    close() {},
  };
}

/** Offsets into the arena are 32-bit words. */
function checkSize({ arenaFloats, batch }: Program): void {
  if (arenaFloats < 2 ** 31) return;
  const gigabytes = (floats: number) => `${((4 * floats) / 1e9).toFixed(1)} GB`;
  throw new RequestError(
    `batch ${batch}: the net needs ${gigabytes(arenaFloats)}, more than the ` +
      `${gigabytes(2 ** 31)} that the native machine addresses; lower --batch`,
  );
}

function openAddon(sections: Int32Array[], program: Program, threads: number): AddonExecution {
  const { Execution } = loadAddon();
  try {
    const isa = env.SHAKELAB_ISA ?? '';
    return new Execution(sections, program.arenaFloats, program.batch, threads, isa);
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
