import { loadCompiled } from '../../addon.ts';

/** What native/machine/addon.cc exports for the machine. */
export interface Addon {
  Execution: new (
    sections: Int32Array[],
    /** Its place among `precisions`. */
    precision: number,
    arenaFloats: number,
    batch: number,
    threads: number,
    isa: string,
  ) => AddonExecution;
  measureLimits(threads: number, isa: string): MachineLimits;
  /** Those that this CPU runs, best first. */
  isas(): string[];
}

export interface AddonExecution {
  readonly isa: string;
  /** Copies numbers or words into the arena, and out of it; `at` counts floats. */
  write(at: number, values: Float32Array | Uint32Array): void;
  read(at: number, into: Float32Array | Uint32Array): void;
  setImages(images: Uint8Array): void;
  choose(indices: Int32Array, augmentations: Int32Array): void;
  /** In the order of `hyperOrder`. */
  setHyper(values: Float32Array): void;
  /**
   * @param ownFloats 0: all threads share each instruction. Else each takes blocks of samples through
   *   the section by itself, whose activations have so many floats of the thread's own.
   * @returns nanoseconds of each instruction, on one of the threads
   */
  run(section: number, samples: number, ownFloats: number): Promise<Float64Array>;
  /** Frees its memory once no section runs; whatever is called afterwards throws. */
  close(): void;
}

/** How fast a machine can go at most, all threads together, in 10⁹ a second. */
export interface MachineLimits {
  isa: string;
  /** Floating-point operations of multiply-adds in registers. */
  flops: number;
  /** Bytes of memory beyond the caches: read, written, or read and written by a copy. */
  read: number;
  write: number;
  copy: number;
}

/** The native machine's side of the addon. @throws RequestError where it is not compiled */
export const loadAddon = (): Addon => loadCompiled() as Addon;
