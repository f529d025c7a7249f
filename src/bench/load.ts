import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** How busy the machine is without us. */
export interface Load {
  /** Runnable processes, mean of the last minute. */
  average: number;
  /** Share of all processors' time that others take at the moment, 0 … 1. */
  busy: number;
}

/** Share from which on the machine is too busy to measure. */
export const tooBusy = 0.1;

/** Watches the machine for a moment in which we do nothing. */
export async function measureLoad(milliseconds = 500): Promise<Load> {
  const before = processorTimes();
  await sleep(milliseconds);
  const after = processorTimes();
  const total = after.total - before.total;
  return { average: loadavg()[0], busy: total ? 1 - (after.idle - before.idle) / total : 0 };
}

function processorTimes(): { idle: number; total: number } {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const all = times.flatMap((time) => Object.values(time));
  return { idle, total: all.reduce((sum, time) => sum + time, 0) };
}
