import { type MnistStudyOptions, runMnistStudy } from '../studies/mnist.ts';
import type { StudyEvent } from '../studies/study.ts';
import { type EpochTable, epochTable } from './epochTable.ts';
import { catchInterrupts, interruptedCode } from './interrupts.ts';
import { printJson, printNote } from './output.ts';
import {
  openProgress,
  type Progress,
  type Status,
  showDownload,
  trainingStatus,
} from './progress.ts';
import { columns, percent } from './text.ts';

/** The flags of `study`. */
export interface StudyFlags
  extends Pick<MnistStudyOptions, 'dataset' | 'out' | 'epochs' | 'seeds' | 'threads'>,
    Pick<MnistStudyOptions, 'batch' | 'trainSize'> {
  data?: string;
  lr?: number;
  json?: boolean;
}

/** `shakelab study mnist`: trains the study's models and writes its report, whose path comes last. */
export async function studyMnist(flags: StudyFlags): Promise<number> {
  const { data: dataFolder, lr: learningRate, json = false, ...rest } = flags;
  const progress = openProgress();
  const { signal, saveFirst } = catchInterrupts(json ? printNote : progress.line);
  const onDownload = json ? undefined : showDownload(progress);
  const options = { ...rest, dataFolder, learningRate, signal, onDownload };
  const report = json ? printJson : reporter(progress);
  let code = interruptedCode;
  try {
    for await (const event of runMnistStudy(options)) {
      if (event.kind === 'run-start') saveFirst();
      if (event.kind === 'done') code = 0;
      report(event);
    }
  } finally {
    progress.stop();
  }
  return code;
}

/** Tells a study to a reader: a line an epoch, a bar over all its runs where there is a terminal. */
function reporter(progress: Progress): (event: StudyEvent) => void {
  let table = epochTable();
  let status: Status = { done: 0, total: 1, before: '', after: '' };
  return (event) => {
    if (event.kind === 'plan') table = epochTable(event.runs.map(({ title }) => title));
    for (const line of linesOf(event, table)) progress.line(line);
    if (event.kind === 'training') status = statusOf(event) ?? status;
    if (event.kind === 'analysis') status = { ...status, before: event.task, after: '' };
    if (event.kind === 'training' || event.kind === 'analysis') progress.show(status);
  };
}

type EventOf<Kind extends StudyEvent['kind']> = Extract<StudyEvent, { kind: Kind }>;

const continuations = { checkpoint: 'going on from its checkpoint', finished: 'trained already' };

function linesOf(event: StudyEvent, table: EpochTable): string[] {
  if (event.kind === 'note') return [event.text];
  if (event.kind === 'plan') return [...opening(event), table.heading];
  if (event.kind === 'done') return closing(event);
  if (event.kind === 'run-start' && event.from !== 'start') {
    return [`${event.run.title}: ${continuations[event.from]}`];
  }
  if (event.kind !== 'training' || event.event.kind !== 'epoch') return [];
  return [table.line(event.event, event.run.config.epochs, event.run.title)];
}

/** The status after a step, counted over all runs; null after an epoch. */
function statusOf({ run, index, count, event }: EventOf<'training'>): Status | null {
  if (event.kind === 'epoch') return null;
  const { epochs, batch } = run.config;
  const [before, total] = [index * event.steps, count * event.steps];
  return trainingStatus(event, { title: run.title, epochs, batch, before, total });
}

function opening({ title, dataset, runs, out }: EventOf<'plan'>): string[] {
  const data = `${dataset.title} (${dataset.source})`;
  return [title, `${runs.length} runs on ${data}, kept in ${out}`, ''];
}

/** The results, and the report's path as the very last line. */
function closing({ summary, summaryPath, reportPath }: EventOf<'done'>): string[] {
  const rows = summary.runs.map(({ model, seed, testError }) => [
    model,
    String(seed),
    percent(testError),
  ]);
  const table = columns([['model', 'seed', 'test error'], ...rows], ['left', 'right', 'right']);
  return ['', table, '', summaryPath, reportPath];
}
