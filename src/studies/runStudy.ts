import { usableProcessors } from '../processes/processors.ts';
import { checkFolder } from '../runs/folder.ts';
import { type ClaimNote, claimFolder } from '../runs/lease.ts';
import { openData } from '../runs/open.ts';
import { studyCommand } from './commands.ts';
import { estimateStudy } from './estimate.ts';
import type { EventOf, PlanEvent } from './events.ts';
import { type Executor, trainHere } from './executor.ts';
import { planOf, writePlan } from './plan.ts';
import { type Report, writeReport } from './report/write.ts';
import {
  type OpenedStudy,
  runFolder,
  type Study,
  type StudyRun,
  type StudyTypes,
} from './study.ts';
import { type TrainedRun, trainedRuns } from './trained.ts';

/**
 * Carries a study out: plans it, trains its runs batch by batch, and reports from what lies in its
 * folder. Finished runs are kept, interrupted ones go on; after an interruption the events end
 * without `done`. With `reportOnly` it only reports of the runs that are trained by now, while others
 * may still be training.
 *
 * @param executor where the runs are trained; in this process, one after the other, if left out
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that
 *   another process is at work in
 */
export async function* runStudy<T extends StudyTypes>(
  study: Study<T>,
  options: T['options'],
  executor?: Executor,
): AsyncGenerator<EventOf<T>> {
  const settled = await study.settle(options);
  if (options.reportOnly) {
    yield { kind: 'done', ...(yield* writtenReport(study, settled.out)) };
    return;
  }
  const { note, ...opened } = await openStudy(study, settled, options);
  if (note) yield { kind: 'note', text: note };
  const { threads = usableProcessors() } = options;
  const command = studyCommand(study.usage, study.options, study.repeats(opened.settings, options));
  const trains = executor ?? trainHere(study, { ...options, dataset: opened.dataset });
  const work = { study, ...opened, command, threads, executor: trains };
  yield* holdFolder(settled.out, carryOut(work), options.signal);
}

async function openStudy<T extends StudyTypes>(
  study: Study<T>,
  settings: T['settings'],
  options: T['options'],
): Promise<OpenedStudy<T['settings']>> {
  if (study.open) return study.open(settings, options);
  return { settings, dataset: await openData(settings.config, options) };
}

/** Does a study's work while no other process may work in its folder; steps are checked by their run. */
async function* holdFolder<Event extends { kind: string }>(
  out: string,
  work: AsyncGenerator<Event>,
  signal?: AbortSignal,
): AsyncGenerator<Event | ClaimNote> {
  const lease = yield* claimFolder(out, { signal });
  if (!lease) return;
  try {
    for await (const event of work) {
      if (event.kind !== 'training') await lease.check();
      yield event;
    }
  } finally {
    await lease.release();
  }
}

/** A study that is ready to be carried out. */
interface Work<T extends StudyTypes> extends Omit<OpenedStudy<T['settings']>, 'note'> {
  study: Study<T>;
  command: string;
  threads: number;
  executor: Executor;
}

async function* carryOut<T extends StudyTypes>(work: Work<T>): AsyncGenerator<EventOf<T>> {
  const { study, settings } = work;
  const { out } = settings;
  let trained: TrainedRun[] = [];
  let planned = study.runs(settings, trained);
  for (const run of planned) await checkFolder(runFolder(out, run), run.config, true);
  yield planEvent(work, planned);
  let report: Report<T['summary']> | undefined;
  for (let batch = planned; batch.length > 0; ) {
    await writePlan(out, planOf(work, planned));
    if (study.stages) yield study.stages.start(settings, trained);
    report = yield* trainBatch(work, batch);
    if (!report) return;
    if (study.stages) yield study.stages.done(report);
    trained = await trainedRuns(study, planned, out);
    const known = study.runs(settings, trained);
    batch = known.slice(planned.length);
    planned = known;
  }
  if (report) yield { kind: 'done', ...report };
}

/** Tells what a study will do. */
function planEvent<T extends StudyTypes>(
  { study, settings, dataset }: Work<T>,
  runs: StudyRun[],
): PlanEvent & T['plan'] {
  const { name, title, source } = dataset;
  const event: PlanEvent = {
    kind: 'plan',
    study: study.name,
    title: study.title,
    dataset: { name, title, source },
    out: settings.out,
    runs,
  };
  return { ...event, ...(study.stages?.plan(settings) as T['plan']) };
}

/** Trains runs, and reports; returns the last report, or nothing after an interruption. */
async function* trainBatch<T extends StudyTypes>(
  { study, settings: { out }, dataset, executor }: Work<T>,
  batch: StudyRun[],
): AsyncGenerator<EventOf<T>, Report<T['summary']> | undefined> {
  if (study.estimates && executor.trial) {
    yield { kind: 'estimate', ...(await estimateStudy(batch, dataset, out, executor.trial)) };
  }
  let done = 0;
  let report: Report<T['summary']> | undefined;
  for await (const event of executor.train(batch, out)) {
    yield event;
    if (event.kind === 'run-done') done++;
    if (event.kind === 'run-done' && study.reports.after === 'run') {
      report = yield* tellReport(study, out);
    }
  }
  if (done < batch.length) return undefined;
  return report ?? (yield* tellReport(study, out));
}

async function* tellReport<T extends StudyTypes>(
  study: Study<T>,
  out: string,
): AsyncGenerator<EventOf<T>, Report<T['summary']>> {
  const { telling } = study.reports;
  if (telling !== undefined) yield { kind: 'analysis', task: telling };
  return yield* writtenReport(study, out);
}

async function* writtenReport<T extends StudyTypes>(
  study: Study<T>,
  out: string,
): AsyncGenerator<EventOf<T>, Report<T['summary']>> {
  const report = await writeReport(study, out);
  if (report.note !== null) yield { kind: 'note', text: report.note };
  return report;
}
