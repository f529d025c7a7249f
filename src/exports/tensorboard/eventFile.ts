import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/folders.ts';
import { openBehind } from '../../runs/appending.ts';
import { storing } from '../../runs/storing.ts';
import { encodeEvent, encodeVersion, type SummaryEvent, stepOf } from './proto.ts';
import { encodeRecord, wholeRecords } from './records.ts';

/** TensorBoard reads every file with `tfevents` in its name; one name a run, so that a resumed run finds its own. */
export const eventFileName = 'events.out.tfevents.shakelab';

/** An open, append-only file of events. */
export interface EventFile {
  /** Whether nothing but its version stands in it yet. */
  isNew: boolean;
  /** Appends an event, whole. @throws StorageError */
  append(event: SummaryEvent): Promise<void>;
  close(): Promise<void>;
}

/** The bytes of a whole file. */
export const encodeEvents = (events: readonly SummaryEvent[]): Uint8Array =>
  Buffer.concat([
    encodeRecord(encodeVersion(events[0]?.wallTime ?? 0)),
    ...events.map((event) => encodeRecord(encodeEvent(event))),
  ]);

/**
 * Opens a folder's events for going on after `step`: those of later steps, and one that a kill cut
 * short, are cut off, so that a tag's steps always grow.
 *
 * @throws StorageError where the system refuses
 */
export async function continueEvents(folder: string, step: number): Promise<EventFile> {
  const path = join(folder, eventFileName);
  await storing(folder, () => makeFolder(folder));
  const kept = keptUpTo(await readFile(path).catch(() => new Uint8Array(0)), step);
  const file = await openBehind(path, kept.length);
  const write = (data: Uint8Array) => storing(path, () => file.appendFile(encodeRecord(data)));
  if (kept.length === 0) await write(encodeVersion(Date.now() / 1000));
  return {
    isNew: kept.records <= 1,
    append: (event) => write(encodeEvent(event)),
    close: () => file.close(),
  };
}

/** How much of a file is whole and of no later step. */
function keptUpTo(bytes: Uint8Array, step: number): { length: number; records: number } {
  let [length, records] = [0, 0];
  for (const { data, end } of wholeRecords(bytes)) {
    if (stepOf(data) > step) break;
    [length, records] = [end, records + 1];
  }
  return { length, records };
}
