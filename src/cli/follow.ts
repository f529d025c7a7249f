import type { DownloadProgress } from '../data/dataset.ts';
import type { Naming } from '../errors.ts';
import { catchInterrupts, interruptedCode } from './interrupts.ts';
import { flagNamed } from './naming.ts';
import { outliveReader, printJson, printNote } from './output.ts';
import { openProgress, type Progress, showDownload } from './progress.ts';

/** What ties work to the terminal that it was started from. */
export interface LiveOptions {
  /** Aborted by the first interrupt after there is something to save. */
  signal: AbortSignal;
  /** What options are called in what the work tells: their flags. */
  nameOf: Naming;
  onDownload?: (progress: DownloadProgress) => void;
}

/** Work that tells its events, and how they are told to whoever started it. */
interface Followed<Event extends { kind: string }> {
  /** Prints every event as a line of JSON. */
  json?: boolean;
  /** The event after which an interrupt saves a checkpoint first. */
  begins: Event['kind'];
  /** The events after one of which the work is done; `done` unless given. */
  ends?: readonly Event['kind'][];
  start(live: LiveOptions): AsyncGenerator<Event>;
  /** Tells events to a reader. */
  reporter(progress: Progress): (event: Event) => void;
}

/**
 * Tells the events of work as they come. A reader that goes away does not end the work.
 *
 * @returns the exit code: 0 after an event that ends the work, that of an interruption without it
 */
export async function follow<Event extends { kind: string }>({
  json = false,
  begins,
  ends = ['done'],
  start,
  reporter,
}: Followed<Event>): Promise<number> {
  outliveReader();
  const progress = openProgress();
  const { signal, saveFirst } = catchInterrupts(json ? printNote : progress.line);
  const onDownload = json ? undefined : showDownload(progress);
  const report = json ? printJson : reporter(progress);
  let code = interruptedCode;
  try {
    for await (const event of start({ signal, onDownload, nameOf: flagNamed })) {
      if (event.kind === begins) saveFirst();
      if (ends.includes(event.kind)) code = 0;
      report(event);
    }
  } finally {
    progress.stop();
  }
  return code;
}
