import { setImmediate } from 'node:timers/promises';
import type { Execution, Machine } from '../src/machines/machine.ts';

/**
 * A machine as far away as a GPU is: whatever crosses is copied, comes late, and is of no use to
 * the machine once its owner has changed it. Another machine computes.
 */
export const apartMachine = (machine: Machine): Machine => ({
  name: `${machine.name}, apart`,
  open: (program, options) => apart(machine.open(program, options)),
});

function apart(execution: Execution): Execution {
  const inOrder = orderly();
  return {
    machine: execution.machine,
    kernels: execution.kernels,
    write: (slot, values) => execution.write(slot, structuredClone(values)),
    read: (slot, into) =>
      inOrder(async () => {
        const far = structuredClone(into);
        await execution.read(slot, far);
        await setImmediate();
        into.set(far);
      }),
    setImages: (images) => execution.setImages(structuredClone(images)),
    choose: (...chosen) => execution.choose(...structuredClone(chosen)),
    setHyper: (hyper) => execution.setHyper(structuredClone(hyper)),
    run: (section, samples) =>
      inOrder(async () => {
        await setImmediate();
        return execution.run(section, samples);
      }),
    close: () => execution.close(),
  };
}

/** Refuses to begin one thing before the last is done. */
function orderly() {
  let busy = false;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (busy) throw new Error('a machine was asked for two things at once');
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
}
