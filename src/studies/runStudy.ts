import { type Amount, amountsOf } from './amount.ts';
import { estimateStudy } from './estimate.ts';
import type { EventOf } from './events.ts';
import { type Executor, trainHere } from './executor.ts';
import { FailedRunsError } from './failedRuns.ts';
import { holdFolder } from './hold.ts';
import { trainTogether } from './parallel/together.ts';
import { begunPlan, planOf, writePlan } from './plan.ts';
import { checkRuns, type PreparedStudy, planEvent, prepareStudy } from './prepare.ts';
import { type Report, writeReport } from './report/write.ts';
import { keepSheets } from './sheets.ts';
import type { Study, StudyRun, StudyTypes } from './study.ts';
import { type TrainedRun, trainedRuns } from './trained.ts';

/**
 * Carries a study out: plans it, trains its runs batch by batch, and reports from what lies in its
 * folder. Finished runs are kept, interrupted ones go on; after an interruption the events end
 * without `done`. With `reportOnly` it only reports of the runs that are trained by now, while others
 * may still be training.
 *
 * @param elsewhere where the runs are trained; if left out in this process, one after the other, or in
 *   several at once (`parallel`)
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that
 *   another process is at work in
 * @throws FailedRunsError in the end where runs that were trained side by side have failed
 */
export async function* runStudy<T extends StudyTypes>(
  study: Study<T>,
  options: T['options'],
  elsewhere?: Executor,
): AsyncGenerator<EventOf<T>> {
  const settled = await study.settle(options);
  if (options.reportOnly) {
    yield { kind: 'done', ...(yield* writtenReport(study, settled.out)) };
    return;
  }
  const prepared = await prepareStudy(study, settled, options);
  const { note } = prepared;
  if (note) yield { kind: 'note', text: note };
  const work = { ...prepared, executor: elsewhere ?? usualExecutor(prepared, options) };
  yield* holdFolder(settled.out, trainAndReport(work), options.signal);
}

function usualExecutor<T extends StudyTypes>(
  { study, dataset, threads }: PreparedStudy<T>,
  options: T['options'],
): Executor {
  const { parallel = 1 } = options;
  if (parallel !== 1) return trainTogether(study, { ...options, dataset, parallel, threads });
  return trainHere(study, { ...options, dataset: study.choosesImages ? undefined : dataset });
}

interface Work<T extends StudyTypes> extends PreparedStudy<T> {
  executor: Executor;
}

/** Trains batch after batch as far as runs are known, and reports after each. */
async function* trainAndReport<T extends StudyTypes>(work: Work<T>): AsyncGenerator<EventOf<T>> {
  const { study, settings } = work;
  const { out } = settings;
  const isa = (await begunPlan(out, study))?.isa;
  let trained: TrainedRun[] = [];
  let planned = study.runs(settings, trained);
  await checkRuns(planned, out, work.dataset);
  yield planEvent(work, planned);
  let report: Report<T['summary']> | undefined;
  for (let batch = planned; batch.length > 0; ) {
    await writePlan(out, planOf({ ...work, isa }, planned));
    await keepSheets(out, work.dataset, planned);
    if (study.stages) yield study.stages.start(settings, trained);
    const foreseen = study.foreseen?.(settings) ?? planned;
    const amounts = amountsOf(planned, foreseen, work.dataset.train.count);
    report = yield* trainBatch(work, batch, amounts);
    if (!report) return;
    if (study.stages) yield study.stages.done(report);
    trained = await trainedRuns(study, planned, out);
    const known = study.runs(settings, trained);
    batch = known.slice(planned.length);
    planned = known;
  }
  if (report) yield { kind: 'done', ...report };
}

/**
 * Trains runs, and reports; returns the last report, or nothing after an interruption.
 *
 * @throws FailedRunsError when all that could be trained are
 */
async function* trainBatch<T extends StudyTypes>(
  { study, settings: { out }, dataset, executor }: Work<T>,
  batch: StudyRun[],
  amounts: ReadonlyMap<string, Amount>,
): AsyncGenerator<EventOf<T>, Report<T['summary']> | undefined> {
  if (study.estimates && executor.trial) {
    yield { kind: 'estimate', ...(await estimateStudy(batch, dataset, out, executor.trial)) };
  }
  let done = 0;
  const failed: string[] = [];
  let report: Report<T['summary']> | undefined;
  for await (const event of executor.train(batch, out)) {
    yield event.kind === 'run-start' ? { ...event, amount: amounts.get(event.run.id) } : event;
    if (event.kind === 'run-failed') failed.push(event.run.title);
    if (event.kind === 'run-done') done++;
    if (event.kind === 'run-done' && study.reports.after === 'run') {
      report = yield* tellReport(study, out);
    }
  }
  if (failed.length > 0) throw new FailedRunsError(failed, batch.length);
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
