import type { Hyper } from '../program/hyper.ts';
import type { SectionName } from '../program/instructions.ts';
import type { Program } from '../program/program.ts';
import type { Slot } from '../program/slots.ts';

/** Runs programs. All machines obey the same instructions; none shares its memory. */
export interface Machine {
  readonly name: string;
  /** Takes a program's memory, its constants in place. */
  open(program: Program, options?: MachineOptions): Execution;
}

/** How a machine works. */
export interface MachineOptions {
  /** Threads to share the work among; as many as the CPU offers by default. */
  threads?: number;
}

/** What decides a machine's bits: two machines that agree in it compute the same ones. */
export interface Kernels {
  /** The instruction set; `reference` for the slow machine. */
  isa: string;
  /** Counts the changes of how sums are made. */
  version: number;
}

/** What a slot holds: numbers, or 32-bit words of which every bit counts. */
export type SlotValues = Float32Array | Uint32Array;

/**
 * A program loaded into a machine: its memory, which begins as zeros, and its sections to run, one
 * after the other. What is handed in is copied, but for the images.
 */
export interface Execution {
  readonly machine: string;
  readonly kernels: Kernels;
  /** Copies values to the beginning of one of the program's lasting slots. */
  write(slot: Slot, values: SlotValues): void;
  /** Copies as many values as `into` holds from the beginning of a slot. */
  read(slot: Slot, into: SlotValues): Promise<void>;
  /** The split's images, [count][channels][height][width]; they must not change meanwhile. */
  setImages(images: Uint8Array): void;
  /**
   * Says what the next runs load.
   * @param indices which images, [at most batch]
   * @param augmentations how each is varied, [at most batch][augmentationSize]; zeros leave it as
   *   it is
   */
  choose(indices: Int32Array, augmentations: Int32Array): void;
  /** Sets numbers that the update reads, such as the learning rate; the others stay. */
  setHyper(hyper: Partial<Hyper>): void;
  /**
   * Runs a section for the first `samples` (a multiple of 16) of the batch.
   * @returns nanoseconds of each instruction that the machine made of the section
   */
  run(section: SectionName, samples: number): Promise<Float64Array>;
  /** Frees the memory; nothing else may be called afterwards. */
  close(): void;
}
