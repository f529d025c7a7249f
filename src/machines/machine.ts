import type { Hyper } from '../program/hyper.ts';
import type { SectionName } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';
import type { Slot } from '../program/slots.ts';

/** Runs programs. Reference and native obey the same instructions. */
export interface Machine {
  readonly name: string;
  open(program: Program, options?: MachineOptions): Execution;
}

export interface MachineOptions {
  /** Threads to share the work among; as many as the CPU offers by default. */
  threads?: number;
}

/** A program loaded into a machine: its memory, and its sections to run. */
export interface Execution {
  readonly machine: string;
  /** A slot's floats, shared with the machine; valid until `close`. */
  values(slot: Slot): Float32Array;
  /** Which images the next run loads, [batch]. */
  readonly indices: Int32Array;
  /** How the next run varies each of them, [batch][augmentationSize]; zeros leave it as it is. */
  readonly augmentations: Int32Array;
  /** The split's images, [count][channels][height][width]. */
  setImages(images: Uint8Array): void;
  setHyper(hyper: Partial<Hyper>): void;
  /**
   * Runs a section for the first `samples` (a multiple of 16) of the batch.
   * @returns nanoseconds of each instruction
   */
  run(section: SectionName, samples: number): Promise<Float64Array>;
  close(): void;
}
