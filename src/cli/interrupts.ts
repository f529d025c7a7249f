/** Exit code of a command that was interrupted. */
export const interruptedCode = 130;

/**
 * What ends a command. The first signal, once there is something to save, has it saved; before, it
 * ends the process. A later one is `ignored` while saving, since schedulers and wrappers send several,
 * or `quits` at once, since a person wants out. docs/reliability.md has the table.
 */
const signals = {
  SIGINT: { later: 'quits' },
  SIGTERM: { later: 'ignored' },
  SIGHUP: { later: 'ignored' },
  SIGUSR2: { later: 'ignored' },
} as const;

type Signal = keyof typeof signals;

/** A second Ctrl-C within so many milliseconds is the first one, forwarded by a wrapper such as npm. */
const echoMilliseconds = 100;

/** Turns signals into an abort once there is something to save. */
export interface Interrupts {
  /** Aborted, its reason is the signal's name. */
  signal: AbortSignal;
  /** From now on the first signal asks for a checkpoint; before, it ends the process. */
  saveFirst(): void;
}

/**
 * Catches the signals that end a command. One that quits ends the process at once; the run then goes
 * on from its last checkpoint.
 *
 * @param say tells the user that the first one was heard
 */
export function catchInterrupts(say: (text: string) => void): Interrupts {
  const controller = new AbortController();
  let saving = false;
  const pressed: number[] = [];
  const stop = (name: Signal): void => {
    if (!saving) process.exit(interruptedCode);
    if (signals[name].later === 'quits' && isAgain(pressed)) process.exit(interruptedCode);
    if (controller.signal.aborted) return;
    say('stopping after this step; Ctrl-C once more stops at once');
    controller.abort(name);
  };
  for (const name of Object.keys(signals) as Signal[]) process.on(name, () => stop(name));
  return {
    signal: controller.signal,
    saveFirst() {
      saving = true;
    },
  };
}

/** Notes that a key was pressed; whether it had been before. */
function isAgain(pressed: number[]): boolean {
  const now = performance.now();
  const again = pressed.some((time) => now - time > echoMilliseconds);
  pressed.push(now);
  return again;
}
