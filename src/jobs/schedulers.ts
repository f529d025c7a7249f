import { option, RequestError } from '../errors.ts';
import type { Scheduler } from './scheduler.ts';
import { slurm } from './slurm/slurm.ts';

/** Every scheduler by its name. */
const schedulers: Readonly<Record<string, Scheduler>> = { slurm };

/** @throws RequestError where none is called so */
export function schedulerNamed(name: string): Scheduler {
  const found = Object.hasOwn(schedulers, name) ? schedulers[name] : undefined;
  if (found) return found;
  const known = Object.keys(schedulers).join(', ');
  throw new RequestError(`${option('on')} ${name}: there is no such scheduler; there is ${known}`);
}

/** The scheduler that this process is a job of; undefined where somebody else started it. */
export const ownScheduler = (): Scheduler | undefined =>
  Object.values(schedulers).find((scheduler) => scheduler.startedThis());
