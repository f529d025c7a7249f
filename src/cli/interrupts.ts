/** Exit code of a command that was interrupted. */
export const interruptedCode = 130;

/** Turns SIGINT and SIGTERM into an abort once there is something to save. */
export interface Interrupts {
  signal: AbortSignal;
  /** From now on the first signal asks for a checkpoint; before, it ends the process. */
  saveFirst(): void;
}

/**
 * Catches SIGINT and SIGTERM. A second one ends the process at once; the run then goes on from its
 * last checkpoint.
 *
 * @param say tells the user that the first one was heard
 */
export function catchInterrupts(say: (text: string) => void): Interrupts {
  const controller = new AbortController();
  let saving = false;
  const stop = (): void => {
    if (!saving || controller.signal.aborted) process.exit(interruptedCode);
    say('stopping after this step; once more stops at once');
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    saveFirst() {
      saving = true;
    },
  };
}
