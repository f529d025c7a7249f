import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catchInterrupts, type Interrupts } from './interrupts.ts';

class Quit extends Error {}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;
const said: string[] = [];
let interrupts: Interrupts;
const exit = vi.spyOn(process, 'exit');

beforeEach(() => {
  exit.mockImplementation((code) => {
    throw new Quit(`exit ${code}`);
  });
  vi.useFakeTimers();
  said.length = 0;
  interrupts = catchInterrupts((text) => said.push(text));
});
afterEach(() => {
  vi.useRealTimers();
  exit.mockReset();
  for (const name of names) process.removeAllListeners(name);
});

/** Sends a signal a second after the one before, or so many milliseconds after it. */
function send(name: (typeof names)[number], later = 1000): void {
  vi.advanceTimersByTime(later);
  process.emit(name);
}

describe.each(names)('%s', (name) => {
  it('ends the process where there is nothing to save yet', () => {
    expect(() => send(name)).toThrow('exit 130');
    expect(interrupts.signal.aborted).toBe(false);
  });

  it('asks for a checkpoint once there is', () => {
    interrupts.saveFirst();
    send(name);
    expect(interrupts.signal.aborted).toBe(true);
    expect(said).toEqual(['stopping after this step; Ctrl-C once more stops at once']);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGUSR2'] as const)('loses nothing by a later %s', (later) => {
    interrupts.saveFirst();
    send(name);
    send(later, 2);
    send(later);
    expect(exit).not.toHaveBeenCalled();
    expect(said).toHaveLength(1);
  });
});

describe('a second SIGINT', () => {
  it('quits at once', () => {
    interrupts.saveFirst();
    send('SIGINT');
    expect(() => send('SIGINT')).toThrow('exit 130');
  });

  it('is the first one where a wrapper forwards it', () => {
    interrupts.saveFirst();
    send('SIGINT');
    send('SIGINT', 20);
    expect(exit).not.toHaveBeenCalled();
    expect(() => send('SIGINT')).toThrow('exit 130');
  });
});
