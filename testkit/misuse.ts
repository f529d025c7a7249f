import { augmentationSize } from '../src/data/augmentation.ts';
import { nativeMachine } from '../src/machines/native/native.ts';
import { planned } from './programs.ts';

/** Faults that only a sanitizer sees, to show that it does; each breaks a rule of `Execution`. */
const faults: Record<string, () => Promise<unknown>> = {
  /** The index of the image after the last, so that `load` reads past their end. */
  async overrun() {
    const execution = nativeMachine.open(program, { threads: 1 });
    execution.setImages(new Uint8Array(100));
    execution.choose(new Int32Array(16).fill(100), new Int32Array(16 * augmentationSize));
    await execution.run('forward', 16);
  },
  /** Two sections of one execution at once. */
  async race() {
    const execution = nativeMachine.open(program, { threads: 2 });
    execution.setImages(new Uint8Array(16));
    await Promise.all([execution.run('forward', 16), execution.run('forward', 16)]);
  },
};

const program = planned({ layout: 'conv', batch: 16, size: 1 });
await faults[process.argv[2]]();
