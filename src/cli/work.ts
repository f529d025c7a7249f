import { ExplainedError, RequestError } from '../errors.ts';
import { type CarryOnEvent, carryOn } from '../jobs/carryOn.ts';
import { ownScheduler } from '../jobs/schedulers.ts';
import { ownPlace } from '../processes/place.ts';
import { jobOf } from '../runs/leaseFiles.ts';
import type { RunsEvent } from '../studies/events.ts';
import { takeTurn } from '../studies/report/turn.ts';
import { reportStudy } from '../studies/reportStudy.ts';
import { workOn } from '../studies/worker.ts';
import type { WorkFlags } from './commands/work.ts';
import { follow, type LiveOptions } from './follow.ts';
import { interruptedCode } from './interrupts.ts';
import { flagNamed } from './naming.ts';
import { printNote } from './output.ts';
import { runTable, studyReporter } from './study.ts';
import { submittedLines } from './submit.ts';

/** `shakelab work`: carries out one run of a study, or what follows the runs of a submission. */
export async function work(out: string, flags: WorkFlags): Promise<number> {
  const { index, after, json } = flags;
  if (index !== undefined && after === undefined) return workOnRun(out, index, flags);
  if (after !== undefined && index === undefined)
    return follow<CarryOnEvent>({
      ...{ json, begins: 'done', start: () => carryOn(out, after) },
      reporter:
        ({ line }) =>
        (event) =>
          carryOnLines(event, out).forEach(line),
    });
  throw new RequestError(
    '--index: say which run to work on, or --after a submission, and not both',
  );
}

function carryOnLines(event: CarryOnEvent, out: string): string[] {
  if (event.kind === 'note') return [event.text];
  if (event.kind === 'reported') return [event.summaryPath, event.reportPath];
  return event.kind === 'submitted' ? submittedLines(event, out) : [];
}

/** What has become of a run, as far as its exit code and its next start depend on it. */
interface Progress {
  stepped: boolean;
  trained: boolean;
}

/** Ends with 0 where the run is trained, or was left alone as somebody had asked. */
async function workOnRun(out: string, index: number, flags: WorkFlags): Promise<number> {
  const { data: dataFolder, threads, memory, keep, allowOtherKernels, json } = flags;
  const done: Progress = { stepped: false, trained: false };
  let asked: AbortSignal | undefined;
  if (!json) process.stdout.write(`${workplace(new Date())}\n`);
  const start = (live: LiveOptions) => {
    asked = live.signal;
    const options = { dataFolder, threads, memory, keep, allowOtherKernels, ...live };
    return seen(workOn(out, index, options), done);
  };
  await follow<RunsEvent>({
    json,
    begins: 'run-start',
    start,
    reporter: (progress) => studyReporter(progress, runTable),
  });
  if (done.trained) await reportInTurn(out);
  if (done.trained || !asked?.aborted) return 0;
  if (asked.reason === 'SIGUSR2') await putBack(done);
  return interruptedCode;
}

/** The first line of a log, of which a run that is resumed has several. */
function workplace(now: Date): string {
  const { host, pid } = ownPlace();
  const job = jobOf();
  return `${now.toISOString()}: process ${pid} on ${host}${job ? `, job ${job}` : ''}`;
}

async function* seen(events: AsyncGenerator<RunsEvent>, done: Progress): AsyncGenerator<RunsEvent> {
  for await (const event of events) {
    done.stepped ||= event.kind === 'training';
    done.trained ||= event.kind === 'run-done';
    yield event;
  }
}

/** The report as results come: what stands in its way is no failure of the run. */
async function reportInTurn(out: string): Promise<void> {
  try {
    if (await takeTurn(out)) await reportStudy(out);
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    printNote(`no report yet: ${error.worded(flagNamed)}`);
  }
}

/** Near its time limit a run that has come further is put back into the queue; another never would. */
async function putBack({ stepped }: Progress): Promise<void> {
  const scheduler = ownScheduler();
  if (!scheduler) return;
  if (!stepped) {
    printNote('not a step was done within the time limit: it is not started again; raise --time');
    return;
  }
  printNote('saved near the time limit, and put back into the queue');
  await scheduler
    .again()
    .catch(({ message }: Error) => printNote(`${message}; submit the study again to go on`));
}
