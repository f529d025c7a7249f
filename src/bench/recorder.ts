import type { Execution, Machine } from '../machines/machine.ts';
import type { SectionName } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';

/** One run of a section. */
export interface SectionRun {
  section: SectionName;
  samples: number;
  /** From the call to its answer. */
  milliseconds: number;
  /** Nanoseconds of each instruction. */
  instructions: Float64Array;
}

/** A machine that tells of every program it opens and of every run. */
export function recordingMachine(
  machine: Machine,
  { opened, ran }: { opened: (program: Program) => void; ran: (run: SectionRun) => void },
): Machine {
  return {
    name: machine.name,
    open(program, options) {
      opened(program);
      const execution = machine.open(program, options);
      return { ...execution, run: (section, samples) => timed(execution, section, samples, ran) };
    },
  };
}

async function timed(
  execution: Execution,
  section: SectionName,
  samples: number,
  ran: (run: SectionRun) => void,
): Promise<Float64Array> {
  const started = performance.now();
  const instructions = await execution.run(section, samples);
  ran({ section, samples, milliseconds: performance.now() - started, instructions });
  return instructions;
}
