import cliProgress from 'cli-progress';
import type { DownloadProgress } from '../data/dataset.ts';
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

/** Tells from the steps done so far how long others will take. */
export interface Pace {
  /** Notes that so many steps of all runs are done. */
  note(done: number): void;
  /** Seconds for so many steps, NaN before any two were noted. */
  secondsFor(steps: number): number;
}

/** The share that a step has in the smoothed time of a step. */
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
    note(done) {
      const time = now();
      if (last && done === last.done + 1) {
        const taken = time - last.time;
        smoothed = Number.isNaN(smoothed) ? taken : smoothed + paceShare * (taken - smoothed);
      }
      last = { done, time };
    },
    secondsFor: (steps) => steps * smoothed,
  };
}

/** A training step among others: how many steps come after it, and how it is called. */
export interface StepPlace {
  title: string;
  epochs: number;
  /** Steps of the runs before this one, and of all runs. */
  before: number;
  total: number;
}

/** The status of a training after a step, which the pace takes note of. */
export function trainingStatus(
  event: Extract<TrainingEvent, { kind: 'step' }>,
  { title, epochs, before, total }: StepPlace,
  pace: Pace,
): Status {
  const done = before + event.step;
  pace.note(done);
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
