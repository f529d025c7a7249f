import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../../errors.ts';
import { readDocument } from '../../files/document.ts';
import { mostBytes, readText } from '../../files/read.ts';
import { isRefusal, unreadable } from '../../files/refusals.ts';
import { planName, reportName, studySummaryName } from '../../files/studyNames.ts';
import type { QueueWatch } from '../../jobs/queue.ts';
import type { QueuedRun } from '../../jobs/scheduler.ts';
import { isTraining } from '../../runs/holders.ts';
import { readPlan } from '../../studies/plan.ts';
import { type Summary, summaryKind, summarySchema } from '../../studies/summary.ts';
import { finite, idSchema, measured } from '../schemas.ts';
import type { Found } from './find.ts';
import { idOf } from './ids.ts';
import type { ListedRun } from './listedRun.ts';
import { isLive, type RunState, runStates } from './runSummary.ts';
import { timeOf } from './times.ts';

/** A study in a list. */
export const studySummarySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    title: z.string(),
    state: z.enum(['running', 'unfinished', 'finished']),
    /** When the report was written that `/api/studies/{id}/report` shows; null where there is none. */
    reportedAt: z.string().nullable(),
    /** Planned runs in order; `id` is null before a run has begun. */
    runs: z.array(
      z.object({
        id: idSchema.nullable(),
        title: z.string(),
        state: z.enum(['waiting', ...runStates]),
        /** Share done, 0 … 1. */
        done: finite,
        testError: measured,
        /** The host that trains it, where that is another than the studio's. */
        host: z.string().nullable(),
        /** Why it waits in a scheduler's queue; null where it does not. */
        queue: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'StudySummary' });

/** A study by itself, with its `summary.json` once it is finished. */
export const studyDetailSchema = studySummarySchema
  .extend({ summary: summarySchema.nullable() })
  .meta({ id: 'StudyDetail' });

export type StudySummary = z.infer<typeof studySummarySchema>;
export type StudyDetail = z.infer<typeof studyDetailSchema>;

/** A study with its runs as they stand. Never fails: what cannot be read is left out. */
export async function studyOf(
  study: Found,
  runs: readonly ListedRun[],
  queues: QueueWatch,
): Promise<StudyDetail> {
  const { folder } = study;
  const [plan, summary, training, reported, queue] = await Promise.all([
    readPlan(folder).catch(() => null),
    readSummary(join(folder, studySummaryName)),
    isTraining(folder),
    timeOf(join(folder, reportName)),
    queues.look(folder),
  ]);
  const shelved = new Map(runs.map((run) => [lastPart(run), run]));
  const planned = plan?.runs ?? runs.map((run) => ({ id: lastPart(run), title: lastPart(run) }));
  const rows = planned.map(({ id, title }, index) =>
    rowOf(title, shelved.get(id), queue.get(index)),
  );
  return {
    id: idOf('study', study.name),
    name: study.name,
    title: plan?.title ?? summary?.title ?? study.name,
    state: stateOf(
      rows.map(({ state }) => state),
      { training: training || queue.size > 0, reported: reported !== null },
    ),
    reportedAt: reported === null ? null : new Date(reported).toISOString(),
    runs: rows,
    summary,
  };
}

/** Differs where a study's plan or report is new, or where somebody began or ended work on it. */
export async function stampOf({ folder }: Found): Promise<string> {
  const files = [planName, studySummaryName, reportName].map((name) => join(folder, name));
  return JSON.stringify([await isTraining(folder), ...(await Promise.all(files.map(timeOf)))]);
}

/** A finished study's report, as HTML; null where there is none. */
export async function reportOf({ folder }: Found): Promise<string | null> {
  const path = join(folder, reportName);
  if ((await timeOf(path)) === null) return null;
  return readText(path, mostBytes.report).catch((error) => {
    throw isRefusal(error) ? new RequestError(`${path}: ${unreadable(error)}`) : error;
  });
}

type Row = StudySummary['runs'][number];

const lastPart = ({ name }: ListedRun): string => name.slice(name.lastIndexOf('/') + 1);

function rowOf(title: string, run?: ListedRun, queued?: QueuedRun): Row {
  const queue = queued?.state === 'queued' ? queued.reason : null;
  if (!run)
    return { id: null, title, state: 'waiting', done: 0, testError: null, host: null, queue };
  const { id, state, progress, lastEpoch, host } = run.summary;
  const done = progress ? progress.step / progress.steps : 0;
  return {
    id,
    title,
    state,
    done,
    testError: run.summary.best?.testError ?? lastEpoch?.testError ?? null,
    host,
    queue: isLive(state) || state === 'finished' ? null : queue,
  };
}

/** A study is at work between its runs, too: it embeds and measures them. */
function stateOf(
  states: (RunState | 'waiting')[],
  { training, reported }: { training: boolean; reported: boolean },
): StudySummary['state'] {
  if (training || states.includes('running')) return 'running';
  return reported && states.every((state) => state === 'finished') ? 'finished' : 'unfinished';
}

async function readSummary(path: string): Promise<Summary | null> {
  try {
    if ((await timeOf(path)) === null) return null;
    return await readDocument(path, summaryKind);
  } catch {
    return null;
  }
}
