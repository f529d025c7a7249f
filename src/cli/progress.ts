import cliProgress from 'cli-progress';
import type { DownloadProgress } from '../data/dataset.ts';
import type { Amount } from '../studies/amount.ts';
import { byteSize, duration, lossText, percent, wholeNumber } from '../text/text.ts';
import type { TrainingEvent } from '../training/trainer.ts';

/** How far something has come, and what to say beside the bar. */
export interface Status {
  done: number;
  total: number;
  before: string;
  after: string;
}

/** A bar at the bottom of a terminal with lines above it; elsewhere the lines alone. */
export interface Progress {
  show(status: Status): void;
  line(text: string): void;
  stop(): void;
}

/** Opens the progress of a command on its standard output. */
export function openProgress(stream: NodeJS.WriteStream = process.stdout): Progress {
  return stream.isTTY ? barProgress(stream) : plainProgress(stream);
}

function plainProgress(stream: NodeJS.WriteStream): Progress {
  return { show() {}, line: (text) => void stream.write(`${text}\n`), stop() {} };
}

const barLook = {
  format: '{before} [{bar}] {percentage} %  {after}',
  barsize: 24,
  barCompleteChar: '=',
  barIncompleteChar: ' ',
};

function barProgress(stream: NodeJS.WriteStream): Progress {
  const behaviour = { stream, hideCursor: true, clearOnComplete: true, gracefulExit: false };
  const bar = new cliProgress.SingleBar({ ...barLook, ...behaviour, linewrap: false });
  const stop = (): void => {
    if (bar.isActive) bar.stop();
  };
  return {
    show({ done, total, before, after }) {
      if (!bar.isActive) bar.start(total, done, { before, after });
      bar.setTotal(total);
      bar.update(done, { before, after });
    },
    line(text) {
      stop();
      stream.write(`${text}\n`);
    },
    stop,
  };
}

/** Tells from the steps done so far how long others will take; amounts are of any one unit. */
export interface Pace {
  /** Notes that so much of all runs is done, and how much of it a step did. */
  note(done: number, step: number): void;
  /** Seconds for so much, NaN before any two steps were noted. */
  secondsFor(amount: number): number;
}

/** The share that a step has in the smoothed time of an amount. */
const paceShare = 0.02;

/**
 * A pace that follows the last fifty steps or so, with whatever happens between them: evaluations,
 * checkpoints, other work on the machine. Runs that are skipped do not count.
 *
 * @param now a clock in seconds
 */
export function openPace(now = () => performance.now() / 1000): Pace {
  let last: { done: number; time: number } | undefined;
  let smoothed = Number.NaN;
  return {
    note(done, step) {
      const time = now();
      if (last && Math.abs(done - last.done - step) < step / 2) {
        const taken = (time - last.time) / step;
        smoothed = Number.isNaN(smoothed) ? taken : smoothed + paceShare * (taken - smoothed);
      }
      last = { done, time };
    },
    secondsFor: (amount) => amount * smoothed,
  };
}

/** A run whose steps are told: how it is called, and how much comes before and after it. */
export interface RunPlace {
  title: string;
  epochs: number;
  amount: Amount;
}

/** The amount of a run that is not one of several. */
export const wholeAmount: Amount = { before: 0, own: 1, total: 1 };

/** The status of a training after a step, which the pace takes note of. */
export function trainingStatus(
  event: Extract<TrainingEvent, { kind: 'step' }>,
  { title, epochs, amount: { before, own, total } }: RunPlace,
  pace: Pace,
): Status {
  const step = own / event.steps;
  const done = before + step * event.step;
  pace.note(done, step);
  const left = pace.secondsFor(total - done);
  const after = [
    `loss ${lossText(event.loss)}`,
    `error ${percent(event.error)}`,
    `${wholeNumber(event.imagesPerSecond)} images/s`,
    `${duration(left)} left`,
  ];
  const heading = `${title}  epoch ${event.epoch}/${epochs}`;
  return { done, total, before: heading, after: after.join('  ') };
}

/** The status of several trainings at once, which together have done so much. */
export function joinedStatus(
  events: readonly Extract<TrainingEvent, { kind: 'step' }>[],
  { done, total }: Pick<Status, 'done' | 'total'>,
  pace: Pace,
): Status {
  const speed = events.reduce((sum, { imagesPerSecond }) => sum + imagesPerSecond, 0);
  const left = `${duration(pace.secondsFor(total - done))} left`;
  return {
    ...{ done, total, before: `${events.length} runs at once` },
    after: `${wholeNumber(speed)} images/s  ${left}`,
  };
}

/** The status of a download; the bar stays empty where the server does not tell the size. */
function downloadStatus({ file, received, total }: DownloadProgress): Status {
  const size = total === null ? '' : ` of ${byteSize(total)}`;
  const after = `${byteSize(received)}${size}`;
  return { done: total === null ? 0 : received, total: total ?? 1, before: file, after };
}

/** Shows downloads as they come. */
export const showDownload =
  (progress: Progress) =>
  (download: DownloadProgress): void =>
    progress.show(downloadStatus(download));
