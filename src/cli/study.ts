import type { StudyEvent } from '../studies/events.ts';
import type { StudyRow } from '../studies/registry.ts';
import { runStudy } from '../studies/runStudy.ts';
import type { PaperTypes, Study, StudyTypes } from '../studies/study.ts';
import type { Summary } from '../studies/summary.ts';
import { byteSize, columns, duration, percent, plural, wholeNumber } from '../text/text.ts';
import { type EpochTable, epochTable } from './epochTable.ts';
import { follow, type LiveOptions } from './follow.ts';
import { openPace, type Progress, type Status } from './progress.ts';
import { RunsTally } from './runsTally.ts';

/** `shakelab study`: carries a study out and writes its report, whose path comes last. */
export async function study(
  row: StudyRow<PaperTypes>,
  options: PaperTypes['options'],
  json?: boolean,
): Promise<number> {
  const loaded = await row.load();
  return followStudy(loaded, loaded.closing ?? runTable, options, json);
}

/** The same of any study without stages, with what a terminal shows of its summary in the end. */
export function followStudy<T extends StudyTypes & { stage: never }>(
  loaded: Study<T>,
  closing: Closing<T['summary']>,
  options: T['options'],
  json?: boolean,
): Promise<number> {
  const start = (live: LiveOptions) => runStudy(loaded, { ...options, ...live });
  return follow<StudyEvent<T['summary']>>({
    ...{ json, begins: 'run-start', start },
    reporter: (progress) => studyReporter(progress, closing),
  });
}

type Closing<Found> = (summary: Found) => string;

/** Tells a study to a reader: a line an epoch, a bar over all its runs where there is a terminal. */
export function studyReporter<Found extends object>(
  progress: Progress,
  closing: Closing<Found>,
): (event: StudyEvent<Found>) => void {
  let titles: string[] | undefined;
  let table: EpochTable | undefined;
  let status: Status = { done: 0, total: 1, before: '', after: '' };
  let estimated = false;
  const tally = new RunsTally(openPace());
  return (event) => {
    if (event.kind === 'plan') titles = event.runs.map(({ title }) => title);
    if (event.kind === 'estimate') estimated = true;
    if (tally.note(event) && event.kind === 'run-start') {
      table = epochTable(titles ?? [event.run.title], event.judge);
      progress.line(table.heading);
    }
    for (const line of linesOf(event, table, closing)) progress.line(line);
    if (event.kind === 'training') status = tally.status(event) ?? status;
    if (event.kind === 'run-done' && estimated && tally.ended < event.count) {
      progress.line(standing(event, tally));
    }
    if (event.kind === 'analysis') status = { ...status, before: event.task, after: '' };
    if (event.kind === 'training' || event.kind === 'analysis') progress.show(status);
  };
}

type EventOf<Kind extends StudyEvent['kind']> = Extract<StudyEvent, { kind: Kind }>;

const continuations = { checkpoint: 'going on from its checkpoint', finished: 'trained already' };

function linesOf<Found extends object>(
  event: StudyEvent<Found>,
  table: EpochTable | undefined,
  closing: Closing<Found>,
): string[] {
  if (event.kind === 'note') return [event.text];
  if (event.kind === 'plan') return opening(event);
  if (event.kind === 'estimate') return estimateLines(event);
  if (event.kind === 'done') {
    // The report's path is the very last line.
    return ['', closing(event.summary), '', event.summaryPath, event.reportPath];
  }
  if (event.kind === 'run-start') {
    return event.from === 'start' ? [] : [`${event.run.title}: ${continuations[event.from]}`];
  }
  if (event.kind === 'run-failed') return [failedLine(event)];
  if (!table || event.kind !== 'training' || event.event.kind !== 'epoch') return [];
  return [table.line(event.event, event.run.config.epochs, event.run.title)];
}

/** How far a study is that takes hours, after a run of it. */
const standing = ({ count }: EventOf<'run-done'>, { ended, secondsLeft }: RunsTally): string =>
  `${ended} of ${plural(count, 'run')} trained, ${duration(secondsLeft)} left`;

/** A run that failed beside others. */
export const failedLine = ({ run, message }: EventOf<'run-failed'>): string =>
  `${run.title} has failed, the others go on: ${message}`;

function opening({ title, dataset, runs, out }: EventOf<'plan'>): string[] {
  const data = `${dataset.title} (${dataset.source})`;
  return [title, `${runs.length} runs on ${data}, kept in ${out}`, ''];
}

function estimateLines(estimate: EventOf<'estimate'>): string[] {
  const { runs, finished, epochs, speeds, seconds, memoryBytes } = estimate;
  const rows = speeds.map(({ model, runs, imagesPerSecond }) => [
    model,
    plural(runs, 'run'),
    `${wholeNumber(imagesPerSecond)} images/s`,
  ]);
  const done = finished > 0 ? `, ${finished} of them trained already` : '';
  const amount = `${plural(runs, 'run')} of ${plural(epochs, 'epoch')}${done}`;
  if (rows.length === 0) return [amount, ''];
  const cost = `about ${duration(seconds)} of training left, ${byteSize(memoryBytes)} of memory`;
  return [columns(rows, ['left', 'right', 'right']), `${amount}: ${cost}`, ''];
}

/** A row a run. */
export function runTable({ runs }: Summary): string {
  const rows = runs.map(({ model, seed, testError }) => [model, String(seed), percent(testError)]);
  return columns([['model', 'seed', 'test error'], ...rows], ['left', 'right', 'right']);
}
