import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { makeFolder } from '../files/folders.ts';
import { nodeArguments } from '../processes/children.ts';
import { clearHalt, haltBefore } from '../runs/halts.ts';
import { storing } from '../runs/storing.ts';
import type { StudyPlan } from '../studies/plan.ts';
import { type RunStanding, standingsOf } from '../studies/standing.ts';
import { runFolder, type Study } from '../studies/study.ts';
import { logsName } from './logs.ts';
import { numbersIn, rangesOf } from './ranges.ts';
import type { Batch, Resources, Scheduler } from './scheduler.ts';
import {
  readSubmissions,
  type Submission,
  submissionNumbers,
  writeSubmission,
} from './submissions.ts';

/** How a study is worked on elsewhere. */
export interface Dispatch {
  scheduler: Scheduler;
  resources: Resources;
  /** Further words of the workers' command, such as `--data` and a folder. */
  work: readonly string[];
}

/** What is submitted of a study, and what is not. */
export interface Submittal {
  kind: 'submitted';
  scheduler: string;
  /** Numbers of jobs. */
  jobs: string[];
  closing: string;
  /** How many runs are submitted, how many when these have ended. */
  runs: number;
  later: number;
}

/**
 * Those runs of a plan that a worker is to be submitted for, by their numbers.
 *
 * @param ended the job that follows a submission which is over; what that one left for later is open
 */
export async function runsToSubmit(
  study: Study,
  plan: StudyPlan,
  out: string,
  { scheduler, ended }: { scheduler: Scheduler; ended?: string },
): Promise<{ standings: RunStanding[]; runs: number[] }> {
  const standings = await standingsOf(study, plan.runs, out);
  const taken = await takenRuns(out, scheduler, ended);
  const open = standings.filter(
    ({ index, state }) => state !== 'trained' && state !== 'training' && !taken.has(index),
  );
  return { standings, runs: open.map(({ index }) => index) };
}

/** The runs that jobs still wait for: in the queue, or to be submitted by a job that follows others. */
async function takenRuns(out: string, scheduler: Scheduler, ended?: string): Promise<Set<number>> {
  const submissions = (await readSubmissions(out)).filter(
    (submission) => submission.scheduler === scheduler.name && submission.closing !== ended,
  );
  const queued = await scheduler.queued(submissions.flatMap(({ jobs }) => jobs));
  const awaited = await scheduler.awaited(submissions.map(({ closing }) => closing));
  const coming = submissions.filter(({ closing }) => awaited.includes(closing));
  return new Set([
    ...queued.map(({ index }) => index),
    ...coming.flatMap(({ later }) => numbersIn(later)),
  ]);
}

/** What would be submitted of some runs of a study. */
export function batchOf(
  { name }: Pick<Study, 'name'>,
  out: string,
  { runs, number, dispatch }: { runs: readonly number[]; number: number; dispatch: Dispatch },
): Batch {
  const { scheduler, resources, work } = dispatch;
  const folder = resolve(out);
  const command = [execPath, ...nodeArguments('cli/main'), 'work', folder];
  return {
    ...{ name, out: folder, resources, runs: runs.slice(0, scheduler.most) },
    work: [...command, ...work],
    closing: [...command, '--after', String(number)],
  };
}

/**
 * Submits workers for some runs of a study, as many as the scheduler takes at once, and what follows
 * them: the report, and the runs that are left. To be called by whoever holds the study.
 *
 * @param runs their numbers, ascending; what asked them to stand still is taken back
 * @throws RequestError where the scheduler refuses
 */
export async function submitRuns(
  study: Study,
  plan: StudyPlan,
  out: string,
  { runs, dispatch }: { runs: readonly number[]; dispatch: Dispatch },
): Promise<Submittal> {
  const { scheduler, resources, work } = dispatch;
  const number = ((await submissionNumbers(out)).at(-1) ?? 0) + 1;
  const batch = batchOf(study, out, { runs, number, dispatch });
  const later = runs.slice(batch.runs.length);
  await storing(out, () => makeFolder(join(out, logsName)));
  for (const index of batch.runs) await letGoOn(runFolder(out, plan.runs[index]));
  const { jobs, closing } = await scheduler.submit(batch);
  await writeSubmission(out, number, {
    ...{ scheduler: scheduler.name, jobs, closing, resources, work: [...work] },
    ...{ runs: rangesOf(batch.runs), later: rangesOf(later), since: new Date().toISOString() },
  });
  const counts = { runs: batch.runs.length, later: later.length };
  return {
    kind: 'submitted',
    scheduler: scheduler.name,
    jobs: jobs.map(({ id }) => id),
    closing,
    ...counts,
  };
}

const letGoOn = async (folder: string): Promise<void> =>
  clearHalt(folder, await haltBefore(folder));

/** How a submission's workers are to be followed by others. */
export const dispatchOf = ({ resources, work }: Submission, scheduler: Scheduler): Dispatch => ({
  scheduler,
  resources,
  work,
});
