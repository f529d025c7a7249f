import { on, once } from 'node:events';
import { ExplainedError } from '../../errors.ts';
import { complaint, openProcess } from '../../processes/children.ts';
import type { TrainingEvent } from '../../training/trainer.ts';
import type { RunsEvent } from '../events.ts';
import { type Answer, type RunTask, type TrialTask, trainingModule } from './task.ts';

/** A process that trains: one task after another, until it is told to stop. */
export interface TrainingProcess {
  /** Whether it takes another task: it has neither died nor been told to stop. */
  readonly lives: boolean;
  /**
   * The events of a task. They end early once the process is told to stop: when it has saved what it was
   * at, and ended.
   *
   * @throws ExplainedError with what the task threw, or what the process complained of when it died
   */
  carryOut(task: RunTask): AsyncGenerator<RunsEvent>;
  carryOut(task: TrialTask): AsyncGenerator<TrainingEvent>;
  /** Has the run that is under way saved, and the process ended. */
  stop(): Promise<void>;
}

/** Most characters of what a process says of its faults that are kept. */
const longestComplaint = 16_384;

/** Starts a process for training. It outlives this one only until it has saved its run. */
export function openTrainingProcess(): TrainingProcess {
  const child = openProcess(trainingModule);
  // Node never tells `close` of a child that this process has disconnected.
  const ended = Promise.all([once(child, 'exit'), once(child.stderr!, 'close')]).catch(() => {});
  let stopped = false;
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-longestComplaint);
  });
  async function* carryOut(task: RunTask | TrialTask) {
    const answers = on(child, 'message', { close: ['disconnect'] });
    if (child.connected) child.send(task);
    for await (const [answer] of child.connected ? answers : []) {
      const message = answer as Answer;
      if (message.kind === 'ended') return;
      if (message.kind === 'failed') throw new ExplainedError(message.text);
      yield message.event;
    }
    await ended;
    if (!stopped) throw new ExplainedError(deathOf(said, child.exitCode ?? child.signalCode));
  }
  return {
    get lives() {
      return child.connected;
    },
    carryOut: carryOut as TrainingProcess['carryOut'],
    async stop() {
      stopped = true;
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function deathOf(said: string, end: number | string | null): string {
  const killed = end === 'SIGKILL' ? ' (killed, perhaps for want of memory)' : '';
  return `its process has ended before its time: ${complaint(said) || end}${killed}`;
}
