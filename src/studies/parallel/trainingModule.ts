import { ExplainedError, option } from '../../errors.ts';
import { openModel } from '../../runs/open.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { RunsEvent } from '../events.ts';
import { trainHere } from '../executor.ts';
import type { Answer, Task, TrialTask } from './task.ts';

/** A run that is under way is saved when its parent goes, or anything else asks this process to end. */
const stop = new AbortController();
process.once('disconnect', () => stop.abort());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop.abort();
    if (process.connected) process.disconnect();
  });
}

process.on('message', async (task: Task) => {
  try {
    for await (const event of eventsOf(task)) answer({ kind: 'event', event });
    answer({ kind: 'ended' });
  } catch (error) {
    answer({ kind: 'failed', text: textOf(error as Error) });
  }
});

/** What a parent that has gone does not hear is in the run's folder. */
function answer(message: Answer): void {
  if (process.connected) process.send!(message, undefined, undefined, () => {});
}

const eventsOf = (task: Task): AsyncGenerator<RunsEvent | TrainingEvent> =>
  task.kind === 'trial' ? trial(task) : trained(task);

// `option` as naming leaves options marked, for the parent to name them.
const trained = ({ run, out, demands, options }: Extract<Task, { kind: 'run' }>) =>
  trainHere(demands, { ...options, nameOf: option, signal: stop.signal }).train([run], out);

async function* trial({ config, options }: TrialTask): AsyncGenerator<TrainingEvent> {
  const { trainer } = await openModel(config, options);
  try {
    yield* trainer.train(stop.signal);
  } finally {
    trainer.close();
  }
}

const textOf = (error: Error): string =>
  error instanceof ExplainedError ? error.worded(option) : (error.stack ?? error.message);
