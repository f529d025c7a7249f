import type { Job, QueuedRun } from '../scheduler.ts';
import { runTool } from './tools.ts';

/** A line a task: number of the array or job, task, state, why it waits. */
const format = '%F|%K|%T|%r';

/** Those of the arrays' runs that Slurm has in its queue. */
export async function queuedRuns(jobs: readonly Job[]): Promise<QueuedRun[]> {
  const firsts = new Map(jobs.map(({ id, first }) => [id, first]));
  return (await linesOf([...firsts.keys()])).flatMap(([id, task, state, reason]) => {
    const first = firsts.get(id);
    if (first === undefined || !/^\d+$/.test(task)) return [];
    const index = first + Number(task);
    return [
      { index, job: `${id}_${task}`, state: isRunning(state) ? 'running' : 'queued', reason },
    ];
  });
}

/** Which of some jobs Slurm has in its queue. */
export async function awaitedJobs(ids: readonly string[]): Promise<string[]> {
  return [...new Set((await linesOf(ids)).map(([id]) => id))];
}

const isRunning = (state: string): boolean => state === 'RUNNING' || state === 'COMPLETING';

/** Where there is no Slurm, or it has forgotten a job, which it does soon after its end, nothing waits. */
async function linesOf(ids: readonly string[]): Promise<string[][]> {
  if (ids.length === 0) return [];
  const args = ['--noheader', '--array', `--format=${format}`, `--jobs=${ids.join(',')}`];
  const out = await runTool('squeue', args).catch(() => '');
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.trim().split('|'));
}
