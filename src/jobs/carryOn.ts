import { RequestError } from '../errors.ts';
import { holdFolder } from '../studies/hold.ts';
import { type KeptStudy, keptStudy } from '../studies/kept.ts';
import { writePlan } from '../studies/plan.ts';
import { type Report, writeReport } from '../studies/report/write.ts';
import { numbersIn } from './ranges.ts';
import { schedulerNamed } from './schedulers.ts';
import { readSubmission, type Submission } from './submissions.ts';
import { type Dispatch, dispatchOf, runsToSubmit, type Submittal, submitRuns } from './submit.ts';
import { grownPlan } from './submitStudy.ts';

/** What happens after a submission's workers have ended; `done` comes last. */
export type CarryOnEvent =
  | { kind: 'note'; text: string }
  | ({ kind: 'reported' } & Report<object>)
  | Submittal
  | { kind: 'done' };

/**
 * Writes the report of the study in a folder, and submits what comes after one of its submissions: the
 * runs that were left for later, and those that follow from what is trained, such as a search's next
 * round. Runs that have failed are not submitted again; whoever wants that submits the study again.
 *
 * @param number of the submission
 * @param named finds its scheduler; tests have others
 * @throws RequestError where there is none of this number, or the scheduler refuses
 */
export async function* carryOn(
  out: string,
  number: number,
  named = schedulerNamed,
): AsyncGenerator<CarryOnEvent> {
  const submission = await readSubmission(out, number);
  const kept = await keptStudy(out);
  yield await report(kept, out);
  const dispatch = dispatchOf(submission, named(submission.scheduler));
  yield* holdFolder(out, submitNext(kept, out, submission, dispatch));
  yield { kind: 'done' };
}

/** A study of which too little is trained has no report yet; that is no reason to stop. */
async function report({ study }: KeptStudy, out: string): Promise<CarryOnEvent> {
  try {
    return { kind: 'reported', ...(await writeReport(study, out)) };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { kind: 'note', text: error.message };
  }
}

async function* submitNext(
  { study, plan: before }: KeptStudy,
  out: string,
  submission: Submission,
  dispatch: Dispatch,
): AsyncGenerator<Submittal> {
  const plan = await grownPlan(study, before, out);
  const { scheduler } = dispatch;
  const open = await runsToSubmit(study, plan, out, { scheduler, ended: submission.closing });
  const later = new Set(numbersIn(submission.later));
  const runs = open.runs.filter((index) => later.has(index) || index >= before.runs.length);
  if (plan !== before) await writePlan(out, plan);
  if (runs.length > 0) yield await submitRuns(study, plan, out, { runs, dispatch });
}
