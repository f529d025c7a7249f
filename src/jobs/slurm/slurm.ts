import { option, RequestError } from '../../errors.ts';
import type { Batch, Job, Scheduler, Submitted } from '../scheduler.ts';
import { awaitedJobs, queuedRuns } from './queue.ts';
import { arrayScripts, closingScript } from './script.ts';
import { runTool, SlurmError } from './tools.ts';

/** Slurm: an array of workers by `sbatch`, without a server or a database of ours. */
export const slurm: Scheduler = {
  name: 'slurm',
  most: 1000,
  script(batch) {
    const arrays = arrayScripts(batch).map(({ text }) => text);
    return [
      ...arrays,
      closingScript(
        batch,
        arrays.map((_, place) => `JOB${place + 1}`),
      ),
    ].join('\n');
  },
  submit,
  queued: queuedRuns,
  awaited: awaitedJobs,
  startedThis: () => task() !== undefined,
  again: async () => void (await runTool('scontrol', ['requeue', task()!])),
};

/**
 * The task of an array that this process is, by the array's number and its own: the number of its job,
 * for the last task of an array, means all of them.
 */
function task(): string | undefined {
  const { SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: index } = process.env;
  return array === undefined || index === undefined ? undefined : `${array}_${index}`;
}

/** All of a batch or nothing: where a later script is refused, the jobs of those before are cancelled. */
async function submit(batch: Batch): Promise<Submitted> {
  const jobs: Job[] = [];
  const ids = () => jobs.map(({ id }) => id);
  try {
    for (const { first, text } of arrayScripts(batch)) jobs.push({ id: await sbatch(text), first });
    return { jobs, closing: await sbatch(closingScript(batch, ids())) };
  } catch (error) {
    if (jobs.length > 0) await runTool('scancel', ids()).catch(() => {});
    throw error;
  }
}

/** Submits a script, and returns the job's number; of several clusters its name follows it. */
async function sbatch(script: string): Promise<string> {
  try {
    return (await runTool('sbatch', ['--parsable'], script)).trim().split(';')[0];
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    throw new RequestError(`${option('on')} slurm: sbatch refuses: ${error.message}`);
  }
}
