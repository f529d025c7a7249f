import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inSlices } from '../files/slices.ts';
import { reportName } from '../files/studyNames.ts';
import { keptStudy } from '../studies/kept.ts';
import { type RunStanding, type RunState, standingsOf } from '../studies/standing.ts';
import { logEnd, logPath } from './logs.ts';
import { queueOf } from './queue.ts';
import { numbersIn } from './ranges.ts';
import type { QueuedRun } from './scheduler.ts';
import { schedulerNamed } from './schedulers.ts';
import { readSubmissions } from './submissions.ts';

/** A run that is not at work may wait in a queue; one whose job has begun and nothing yet is `starting`. */
export type JobState = RunState | 'queued' | 'starting';

/** How a run stands, in its folder and in the queue. */
export interface RunStatus extends Omit<RunStanding, 'state'> {
  state: JobState;
  /** The job that it is trained by or waits as; null where no scheduler knows of any. */
  job: string | null;
  /** Why it waits, in the scheduler's words, or why it failed. */
  reason: string | null;
}

/** A run that failed, or whose worker was ended, with the end of what its worker printed. */
export interface FailedRun {
  index: number;
  log: string;
  end: string[];
}

/** How a study stands. */
export interface StudyStatus {
  title: string;
  out: string;
  runs: RunStatus[];
  failed: FailedRun[];
  /** When the report was written that lies there; null where there is none. */
  reportedAt: string | null;
}

/** Those of whose end the log may tell more. */
const ended: readonly JobState[] = ['failed', 'interrupted'];

/** Lines of a failed run's log. */
const endLines = 6;
/** Failed runs whose logs are looked into. */
const mostLogs = 20;

/**
 * How the study in a folder stands, wherever it is worked on.
 *
 * @throws RequestError where the folder holds no study that this version knows
 */
export async function statusOf(out: string, named = schedulerNamed): Promise<StudyStatus> {
  const { study, plan } = await keptStudy(out);
  const queued = await queueOf(out, named);
  const standings = await standingsOf(study, plan.runs, out);
  const begun = await submittedRuns(out);
  const runs = await inSlices(standings, async (standing) => {
    const run = inQueue(standing, queued.get(standing.index));
    return run.state === 'waiting' && begun.has(run.index) ? neverBegun(run, out) : run;
  });
  const failed = runs.filter(({ state }) => ended.includes(state)).slice(0, mostLogs);
  return {
    title: plan.title,
    out,
    runs,
    failed: await Promise.all(failed.map(({ index }) => failedRun(out, index))),
    reportedAt: await timeOf(join(out, reportName)),
  };
}

/** The folder knows more than the queue of all but what waits. */
function inQueue({ state, ...standing }: RunStanding, queued?: QueuedRun): RunStatus {
  const { holder, problem } = standing;
  if (state === 'trained' || state === 'training' || !queued) {
    const job = state === 'training' ? (holder?.job ?? null) : null;
    return { ...standing, state, job, reason: state === 'failed' ? problem : null };
  }
  const { job, reason } = queued;
  if (queued.state === 'running') return { ...standing, state: 'starting', job, reason: null };
  return { ...standing, state: 'queued', job, reason };
}

/** The numbers of the runs that workers were submitted for. */
async function submittedRuns(out: string): Promise<ReadonlySet<number>> {
  const submissions = await readSubmissions(out);
  return new Set(submissions.flatMap(({ runs }) => numbersIn(runs)));
}

/** A run whose worker has left a log and nothing else has failed before it began. */
async function neverBegun(run: RunStatus, out: string): Promise<RunStatus> {
  const reason = (await logEnd(out, run.index, 1)).at(-1);
  return reason === undefined ? run : { ...run, state: 'failed', reason };
}

const failedRun = async (out: string, index: number): Promise<FailedRun> => ({
  index,
  log: logPath(out, index),
  end: await logEnd(out, index, endLines),
});

const timeOf = (path: string): Promise<string | null> =>
  stat(path).then(
    ({ mtime }) => mtime.toISOString(),
    () => null,
  );
