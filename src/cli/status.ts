import {
  type FailedRun,
  type JobState,
  type RunStatus,
  type StudyStatus,
  statusOf,
} from '../jobs/status.ts';
import { fitted } from '../text/fit.ts';
import { columns, duration, plural } from '../text/text.ts';
import type { StatusFlags } from './commands/status.ts';
import { printResult } from './output.ts';

/** In the order in which they are counted. */
const states: readonly JobState[] = [
  ...(['trained', 'training', 'starting', 'queued', 'interrupted'] as const),
  ...(['paused', 'stopped', 'failed', 'waiting'] as const),
];

/** Those that say nothing by themselves. */
const quiet: readonly JobState[] = ['trained', 'waiting'];

/** Rows that a reader gets unless all are asked for, of each state. */
const mostRows = 20;
const titleWidth = 48;
const reasonWidth = 60;

/** `shakelab status`: how the runs of a study stand. */
export async function status(out: string, { all = false, json }: StatusFlags): Promise<void> {
  const found = await statusOf(out);
  printResult(json, found, () => statusText(found, all, Date.now()));
}

/** @param now in milliseconds */
export function statusText(found: StudyStatus, all: boolean, now: number): string {
  const { title, out, runs, failed, reportedAt } = found;
  const listed = all ? runs : states.flatMap((state) => some(runs, state));
  const report =
    reportedAt === null ? 'no report yet' : `report of ${ago(reportedAt, now)}: ${out}/report.html`;
  return [
    title,
    `${plural(runs.length, 'run')} in ${out}: ${counted(runs)}`,
    ...(listed.length > 0 ? ['', table(listed)] : []),
    ...failed.flatMap((run) => failure(run, runs[run.index])),
    '',
    report,
  ].join('\n');
}

const some = (runs: readonly RunStatus[], state: JobState): RunStatus[] =>
  quiet.includes(state) ? [] : runs.filter((run) => run.state === state).slice(0, mostRows);

function counted(runs: readonly RunStatus[]): string {
  const counts = states.map((state) => [runs.filter((run) => run.state === state).length, state]);
  return counts.flatMap(([count, state]) => (count ? [`${count} ${state}`] : [])).join(', ');
}

function table(runs: readonly RunStatus[]): string {
  const heading = ['', 'run', 'state', 'epoch', 'host', 'job', 'beat', 'why'];
  const sides = ['right', 'left', 'left', 'right', 'left', 'left', 'right', 'left'] as const;
  return columns([heading, ...runs.map(row)], sides);
}

function row({ index, run, state, epoch, holder, job, reason }: RunStatus): string[] {
  const beat =
    state === 'training' && holder?.beatAge != null ? `${Math.round(holder.beatAge)} s` : '';
  const host = state === 'queued' || state === 'waiting' ? '' : (holder?.host ?? '');
  const why = fitted(reason?.split('\n')[0] ?? '', reasonWidth);
  const title = fitted(run.title, titleWidth);
  return [String(index), title, state, `${epoch}/${run.config.epochs}`, host, job ?? '', beat, why];
}

/** A run without a log was trained by hand. */
const failure = ({ log, end }: FailedRun, { run, state }: RunStatus): string[] =>
  end.length === 0
    ? []
    : ['', `${run.title}, ${state}; the end of ${log}:`, ...end.map((line) => `  ${line}`)];

/** `0:42 ago` */
const ago = (time: string, now: number): string =>
  `${duration(Math.max(0, now - Date.parse(time)) / 1000)} ago`;
