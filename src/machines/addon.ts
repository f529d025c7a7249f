import { createRequire } from 'node:module';
import { env } from 'node:process';
import { RequestError } from '../errors.ts';

/** What native/machine/addon.cc exports. */
export interface Addon {
  Execution: new (
    sections: Int32Array[],
    arenaFloats: number,
    batch: number,
    threads: number,
    isa: string,
  ) => AddonExecution;
  measureLimits(threads: number, isa: string): MachineLimits;
}

export interface AddonExecution {
  readonly arena: ArrayBuffer;
  readonly indices: ArrayBuffer;
  readonly augmentations: ArrayBuffer;
  readonly hyper: ArrayBuffer;
  readonly isa: string;
  setImages(images: Uint8Array): void;
  run(section: number, samples: number): Promise<Float64Array>;
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

/**
 * Loads the compiled addon. `SHAKELAB_BUILD` names another build of it than `Release`: the
 * instrumented ones of `npm run test:sanitize`.
 *
 * @throws RequestError where the addon is not compiled
 */
export function loadAddon(): Addon {
  const require = createRequire(import.meta.url);
  const path = `../../build/${env.SHAKELAB_BUILD ?? 'Release'}/shakelab.node`;
  try {
    return require(path);
  } catch (error) {
    throw new RequestError(
      `the native machine cannot be loaded (${(error as Error).message.split('\n')[0]}); ` +
        `it is compiled by npm's install script: run npm rebuild shakelab, or npm run build:native`,
    );
  }
}
