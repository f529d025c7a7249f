import { env } from 'node:process';
import { RequestError } from '../src/errors.ts';
import type { Machine } from '../src/machines/machine.ts';
import { nativeMachine } from '../src/machines/native/native.ts';
import { planned } from './programs.ts';

/** Every instruction set that the native machine is built for, on one kind of CPU or another. */
const names = ['avx512', 'avx2', 'baseline', 'neon'];

/** The native machine with the kernels of one instruction set. */
export const machineOf = (isa: string): Machine => ({
  name: `native ${isa}`,
  open(program, options) {
    const before = env.SHAKELAB_ISA;
    env.SHAKELAB_ISA = isa;
    try {
      return nativeMachine.open(program, options);
    } finally {
      if (before === undefined) delete env.SHAKELAB_ISA;
      else env.SHAKELAB_ISA = before;
    }
  },
});

/** Instruction sets that this CPU runs, best first, and why the others cannot be tested here. */
export function instructionSets(): { runs: string[]; lacking: string[] } {
  const runs: string[] = [];
  const lacking: string[] = [];
  const program = planned({ layout: 'conv', batch: 16, size: 1 });
  for (const name of names)
    try {
      machineOf(name).open(program, { threads: 1 }).close();
      runs.push(name);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      lacking.push(error.message);
    }
  return { runs, lacking };
}
